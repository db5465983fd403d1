package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.CollectionReason;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Messages that waited for what is no more, though no conversation ended under a key. */
final class Forsaken {
  private final Journey journey;
  private final Queue queue;

  Forsaken(Journey journey, Queue queue) {
    this.journey = journey;
    this.queue = queue;
  }

  /** Answers that waited for an instance which has ended. */
  void endAnswers(ProcessInstance instance) {
    var ended =
        Fault.of(
            FaultKind.TOO_LATE,
            "The instance that sent what the message answers ended before it took the message",
            "Do not send it again.");
    waiting(Relating.digest(instance.id()))
        .forEach(row -> queue.collect(row, CollectionReason.CONVERSATION_ENDED, ended));
  }

  /**
   * A key that is computed has another value now: what waited under the old one waits for whoever
   * will have it, as a message of an unknown conversation.
   */
  void forsake(ExecutableProcess process, Digest key) {
    var until = journey.given().now().plus(process.queue().keepUnknown());
    waiting(key)
        .filter(row -> row.expiresAt() == null)
        .forEach(row -> journey.work().change(until(row, until)));
  }

  private Stream<MessageRow> waiting(Digest key) {
    return List.copyOf(journey.work().waitingUnder(key)).stream()
        .flatMap(w -> journey.work().message(w.message()).stream())
        .filter(row -> row.state() == MessageState.WAITING);
  }

  private static MessageRow until(MessageRow row, Instant expiresAt) {
    return new MessageRow(
        row.message(),
        row.state(),
        row.exchange(),
        row.instance(),
        row.boot(),
        row.answer(),
        expiresAt);
  }
}
