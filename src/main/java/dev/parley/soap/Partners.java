package dev.parley.soap;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.message.MessageExchangePattern.Second;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.jspecify.annotations.Nullable;

/** What is ours in a client's chains. */
final class Partners {
  private Partners() {}

  /** An answer of success that says nothing. */
  static Attempt empty(Consignment consignment) {
    return Outbound.expects(consignment) == Second.REQUIRED
        ? Failures.noReply(consignment.endpoint())
        : Attempt.ACKNOWLEDGED;
  }

  /** Writes the envelope that was made for the attempt. */
  static final class RequestWriter extends AbstractPhaseInterceptor<Message> {
    RequestWriter() {
      super(Phase.WRITE);
    }

    @Override
    public void handleMessage(Message message) {
      try {
        var envelope = (byte[]) message.getContent(List.class).getFirst();
        message.getContent(OutputStream.class).write(envelope);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads an answer to its end before anything is made of it. */
  static final class AnswerReader extends AbstractPhaseInterceptor<Message> {
    private final long maxMessageBytes;

    AnswerReader(long maxMessageBytes) {
      super(Phase.READ);
      this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void handleMessage(Message message) {
      var consignment = message.getExchange().get(Consignment.class);
      message.setContent(List.class, List.of(attempt(message, consignment)));
    }

    private Attempt attempt(Message message, Consignment consignment) {
      @Nullable Object code = message.get(Message.RESPONSE_CODE);
      int status = code instanceof Integer number ? number : 0;
      @Nullable InputStream in = message.getContent(InputStream.class);
      try {
        byte[] entity = in == null ? new byte[0] : read(in, consignment);
        return judge(status, entity, contentType(message), consignment);
      } catch (IOException e) {
        return Failures.inDoubt(
            "The answer of %s could not be read to its end: %s"
                .formatted(consignment.endpoint(), e.getMessage()));
      }
    }

    private byte[] read(InputStream in, Consignment consignment) throws IOException {
      var timer = new CompletableFuture<@Nullable Void>();
      // The HTTP client's own timeout ends with the answer's headers.
      var unused =
          timer
              .completeOnTimeout(null, consignment.timeout().toMillis(), TimeUnit.MILLISECONDS)
              .thenRun(() -> close(in));
      try (var limited = new LimitedInput(in, maxMessageBytes)) {
        byte[] entity = limited.readAllBytes();
        if (timer.isDone()) {
          throw new IOException("it did not end in time");
        }
        return entity;
      } finally {
        timer.cancel(false);
      }
    }

    private static Attempt judge(
        int status, byte[] entity, String contentType, Consignment consignment) {
      boolean accepted = status >= 200 && status < 300;
      if (Failures.asksForRetry(status) || (status >= 300 && status < 400)) {
        return Failures.ofStatus(status, consignment.endpoint());
      }
      if (accepted && !Outbound.begins(consignment)) {
        return Attempt.ACKNOWLEDGED;
      }
      if (entity.length == 0) {
        return accepted ? empty(consignment) : Failures.ofStatus(status, consignment.endpoint());
      }
      try {
        var source =
            new XmlSource(new ByteArrayInputStream(entity), Request.charset(contentType), "");
        var envelope = EnvelopeReader.readAnswer(source, Understood.by(consignment.port()));
        return judge(status, envelope, consignment);
      } catch (Refusal e) {
        return unreadable(status, accepted, e, consignment);
      }
    }

    private static Attempt judge(int status, Envelope envelope, Consignment consignment) {
      if (FaultReader.isFault(envelope)) {
        return new Attempt.Faulted(FaultReader.read(envelope.body(), consignment.operation()));
      }
      if (status >= 300) {
        return Failures.ofStatus(status, consignment.endpoint());
      }
      boolean leftOut =
          Outbound.expects(consignment) == Second.OPTIONAL && envelope.body().isEmpty();
      if (!expectsReply(consignment) || leftOut) {
        return Attempt.ACKNOWLEDGED;
      }
      var header = envelope.header();
      return header.notUnderstood().isEmpty()
          ? new Attempt.Replied(envelope.body(), header.blocks())
          : Failures.notUnderstood(header.notUnderstood(), consignment.endpoint());
    }

    private static Attempt unreadable(
        int status, boolean accepted, Refusal problem, Consignment consignment) {
      if (!accepted) {
        return Failures.ofStatus(status, consignment.endpoint());
      }
      return expectsReply(consignment)
          ? Failures.inDoubt(
              "The answer of %s is no SOAP message: %s"
                  .formatted(consignment.endpoint(), problem.getMessage()))
          : Attempt.ACKNOWLEDGED;
    }

    private static boolean expectsReply(Consignment consignment) {
      return Outbound.expects(consignment) != Second.NONE;
    }

    private static String contentType(Message message) {
      return message.get(Message.CONTENT_TYPE) instanceof String type ? type : "";
    }

    private static void close(InputStream in) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
