package dev.parley.soap;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageId;
import dev.parley.turn.Door;
import dev.parley.turn.Time;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.invoker.Invoker;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.jspecify.annotations.Nullable;

/** Takes a message to the door and waits there, on its virtual thread, for what is answered. */
final class DoorInvoker implements Invoker {
  private final Door door;
  private final Time time;
  private final Duration replyWithin;

  DoorInvoker(Door door, Time time, Duration replyWithin) {
    this.door = door;
    this.time = time;
    this.replyWithin = replyWithin;
  }

  @Override
  public @Nullable Object invoke(Exchange exchange, Object parameters) {
    var received = (Received) ((List<?>) parameters).getFirst();
    var message = message(received);
    return switch (answer(message, received)) {
      case Answer.Accepted _ -> accepted(exchange);
      case Answer.Reply reply -> new MessageContentsList(reply);
      case Answer.Faulted(var fault) -> {
        exchange.put(Fault.class, fault);
        throw new Refusal(WireFault.of(fault, received.subject(message.id())));
      }
    };
  }

  private Message message(Received received) {
    return new Message(
        door.nextId(),
        received.port().process(),
        received.operation().name(),
        OperationResolver.received(received.operation()),
        received.envelope().body(),
        headers(received),
        "");
  }

  private static Headers headers(Received received) {
    var header = received.envelope().header();
    if (header.equals(Header.NONE) && received.idempotencyKey() == null) {
      return Headers.NONE;
    }
    var addressing = header.addressing();
    boolean submission = addressing.version() == AddressingVersion.SUBMISSION;
    String port = received.port().port().name();
    return new Headers(
        addressing.messageId(),
        addressing.relatesTo(),
        null,
        addressing.replyTo(),
        addressing.faultTo(),
        received.idempotencyKey(),
        ConversationParameter.keys(header.blocks()),
        addressing.isDecoupled() ? new Headers.Via(port, submission) : null,
        header.blocks());
  }

  private Answer answer(Message message, Received received) {
    var answer = door.submit(message);
    try {
      return time.await(answer, replyWithin);
    } catch (TimeoutException e) {
      return answer.isDone() ? answer.join() : late(message, received, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return interrupted(message.id(), answer);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected a refusal to be an answer", e.getCause());
    }
  }

  private Answer late(Message message, Received received, CompletableFuture<Answer> answer) {
    var abandoned = door.abandon(message.id());
    var pattern = received.operation().pattern();
    if (!waits(message.headers(), pattern)) {
      return notStored();
    }
    if (pattern.second() != Second.REQUIRED) {
      return accepted(answer, abandoned);
    }
    return Answer.refused(
        FaultKind.REPLY_TIMEOUT,
        "There was no answer within " + replyWithin + "; the process goes on.",
        "Ask again later, under the same wsa:MessageID or Idempotency-Key.");
  }

  /** Acknowledged is what surely is stored: the message was decided before its giving up was. */
  private Answer accepted(CompletableFuture<Answer> answer, CompletableFuture<Answer> abandoned) {
    try {
      var stored = time.await(abandoned, replyWithin);
      return answer.isDone() ? answer.join() : stored;
    } catch (TimeoutException e) {
      return notStored();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notStored();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected a refusal to be an answer", e.getCause());
    }
  }

  private Answer notStored() {
    return Answer.refused(
        FaultKind.UNAVAILABLE,
        "The message could not be stored within " + replyWithin + ".",
        "Send it again.");
  }

  private Answer interrupted(MessageId id, CompletableFuture<Answer> answer) {
    if (answer.isDone()) {
      return answer.join();
    }
    var _ = door.abandon(id);
    return Answer.refused(FaultKind.UNAVAILABLE, "The gateway stops.", "Send it again.");
  }

  /** Whether the sender waits for more than the commit. */
  private static boolean waits(Headers headers, MessageExchangePattern pattern) {
    var replyTo = headers.replyTo();
    return (replyTo == null || replyTo.isAnonymous())
        && dev.parley.message.Exchange.begun(pattern).isOpen();
  }

  /** HTTP 202 without an entity (SOAP 1.1 Request Optional Response HTTP Binding, section 2). */
  private static @Nullable Object accepted(Exchange exchange) {
    var http =
        (HttpServletResponse)
            Objects.requireNonNull(
                exchange.getInMessage().get(AbstractHTTPDestination.HTTP_RESPONSE));
    http.setStatus(HttpServletResponse.SC_ACCEPTED);
    http.setContentLength(0);
    exchange.setOneWay(true);
    return null;
  }
}
