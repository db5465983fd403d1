package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ServicePort;
import dev.parley.message.Answer;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.FaultCodec;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers that go to an address which their request gave (WS-Addressing 1.0 Core, section 3.4):
 * they are messages of their own, delivered like any other.
 */
final class Answering {
  /** Of an answer that no instance gave. */
  private static final InstanceId NOBODY = new InstanceId(0);

  private Answering() {}

  /** Whether the sender does not wait for the reply where it sent its message from. */
  static boolean isElsewhere(Headers headers) {
    var replyTo = headers.replyTo();
    return replyTo != null && !replyTo.isAnonymous();
  }

  /** Where this answer goes; empty: back on the connection. */
  static Optional<EndpointReference> target(Headers headers, Answer answer) {
    var faultTo = headers.faultTo();
    // Nobody waits on the connection where the reply goes elsewhere.
    boolean isOwn = faultTo != null && !(faultTo.isAnonymous() && isElsewhere(headers));
    var to = answer instanceof Answer.Faulted && isOwn ? faultTo : headers.replyTo();
    return Optional.ofNullable(to).filter(t -> !t.isAnonymous());
  }

  /** What whoever waits on the connection is told where this is the answer. */
  static Answer onConnection(Headers headers, Answer answer) {
    return target(headers, answer).isPresent() ? Answer.ACCEPTED : answer;
  }

  /** The same of an exchange that has ended; empty where it ended without an answer. */
  static Optional<Answer> onConnection(MessageRow ended) {
    return Optional.ofNullable(ended.answer()).map(a -> onConnection(ended.message().headers(), a));
  }

  /**
   * An answer as a message; empty where there is nothing to be sent.
   *
   * @param request which it answers
   * @param definition of the process that answers
   */
  static Optional<OutboxRow> row(
      MessageRow request, Answer answer, int definition, MessageId id, Instant now) {
    var to = target(request.message().headers(), answer).filter(EndpointReference::isElsewhere);
    if (to.isEmpty()) {
      return Optional.empty();
    }
    return switch (answer) {
      case Answer.Accepted _ -> Optional.empty();
      case Answer.Reply(var body, var blocks) -> {
        var headers = headers(request, to.get(), blocks);
        yield Optional.of(
            row(
                message(request, id, second(request), body, headers),
                request,
                origin(definition),
                now));
      }
      case Answer.Faulted(var fault) -> {
        var headers = headers(request, to.get(), List.of());
        var origin = origin(definition);
        FaultCodec.write(origin, fault);
        yield Optional.of(
            row(
                message(request, id, MessageKind.FAULT, Body.EMPTY, headers),
                request,
                origin,
                now));
      }
    };
  }

  private static BlobWriter origin(int definition) {
    return new BlobWriter().number(Dispatch.OF_ANSWER).number(definition);
  }

  private static OutboxRow row(
      Message message, MessageRow request, BlobWriter origin, Instant now) {
    var instance = request.instance();
    return new OutboxRow(
        message,
        instance == null ? NOBODY : instance,
        0,
        Objects.requireNonNull(message.headers().to()).address(),
        origin.toBlob(),
        OutboxState.PENDING,
        0,
        now,
        "");
  }

  private static Message message(
      MessageRow request, MessageId id, MessageKind kind, Body body, Headers headers) {
    var asked = request.message();
    return new Message(id, asked.process(), asked.operation(), kind, body, headers, "");
  }

  private static MessageKind second(MessageRow request) {
    return request.message().kind() == MessageKind.INPUT ? MessageKind.OUTPUT : MessageKind.INPUT;
  }

  private static Headers headers(MessageRow request, EndpointReference to, List<Body> blocks) {
    var asked = request.message().headers();
    return new Headers(
        null, asked.messageId(), to, null, null, null, Map.of(), asked.via(), blocks);
  }

  /** How an answer travels; origin is what {@link #row} wrote behind its kind. */
  static Dispatch dispatch(OutboxRow row, BlobReader origin, Deployments deployments) {
    var process = deployments.definition(origin.integer()).process();
    var message = row.message();
    var operation = Objects.requireNonNull(process.operations().get(message.operation()));
    return new Dispatch(
        operation,
        port(process, message),
        process.delivery(),
        null,
        origin.atEnd() ? null : FaultCodec.read(origin),
        true,
        true);
  }

  /** The port that the request came in at says how its answer is written. */
  private static @Nullable ServicePort port(ExecutableProcess process, Message message) {
    var via = message.headers().via();
    return process.provided().stream()
        .filter(p -> via != null && p.port().name().equals(via.port()))
        .findFirst()
        .orElse(null);
  }
}
