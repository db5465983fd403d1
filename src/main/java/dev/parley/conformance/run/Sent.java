package dev.parley.conformance.run;

import dev.parley.conformance.language.Payload;
import dev.parley.message.MessageId;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A message that the case sent, and what its sender got. */
final class Sent {
  private final String id;
  private final String operation;
  private final Optional<String> messageId;
  private final Optional<Payload> body;
  private final HttpRequest request;
  private final CompletableFuture<@Nullable Outcome> outcome = new CompletableFuture<>();
  private final AtomicReference<@Nullable MessageId> message = new AtomicReference<>();
  private volatile boolean accounted;
  private volatile Runnable hangUp = () -> {};
  private volatile @Nullable Thread waiting;

  /** What a sender knows in the end. */
  sealed interface Outcome {
    record Response(int status, String entity, Optional<Envelope> envelope) implements Outcome {
      @Override
      public String toString() {
        return "HTTP " + status + (entity.isBlank() ? "" : "\n" + entity.strip());
      }
    }

    record Broken(String why) implements Outcome {
      @Override
      public String toString() {
        return "a broken connection (" + why + ")";
      }
    }
  }

  /**
   * @param messageId its wsa:MessageID; empty where it has none
   */
  Sent(
      String id,
      String operation,
      Optional<String> messageId,
      Optional<Payload> body,
      HttpRequest request) {
    this.id = id;
    this.operation = operation;
    this.messageId = messageId;
    this.body = body;
    this.request = request;
  }

  String id() {
    return id;
  }

  String operation() {
    return operation;
  }

  Optional<String> messageId() {
    return messageId;
  }

  Optional<Payload> body() {
    return body;
  }

  HttpRequest request() {
    return request;
  }

  /** What is told first counts. */
  void tell(Outcome what) {
    if (!outcome.isDone()) {
      accounted = false;
    }
    outcome.complete(what);
  }

  void onHangUp(Runnable how) {
    hangUp = how;
  }

  /** Its sender waits no longer. */
  void hangUp() {
    hangUp.run();
  }

  Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome.getNow(null));
  }

  /** A step has expected what there is to be seen of it now. */
  void account() {
    accounted = true;
  }

  boolean isAccounted() {
    return accounted;
  }

  /**
   * The gateway took it in under this number.
   *
   * @param thread of the gateway, which waits for the answer
   */
  void link(MessageId id, Thread thread) {
    waiting = thread;
    message.set(id);
  }

  /** Empty where the gateway has not taken it in. */
  Optional<Thread> waiting() {
    return Optional.ofNullable(waiting);
  }

  Optional<MessageId> message() {
    return Optional.ofNullable(message.get());
  }
}
