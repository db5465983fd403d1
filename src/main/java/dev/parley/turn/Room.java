package dev.parley.turn;

import dev.parley.correlation.Situation.Load;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Bounds;
import dev.parley.message.CollectionReason;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.QueueName;
import java.util.Optional;

/** How much room there is for a message that has to wait. */
final class Room {
  private final UnitOfWork work;
  private final Queue queue;

  Room(Journey journey) {
    this.work = journey.work();
    this.queue = new Queue(journey);
  }

  Load load(Incoming incoming) {
    var all = work.queue(name(incoming));
    int most = 0;
    for (var slot : incoming.slots()) {
      most = Math.max(most, work.waiting(slot, incoming.bounds().perConversation()).size());
    }
    return new Load(most, all.messages(), all.bytes(), incoming.message().body().length());
  }

  private static QueueName name(Incoming incoming) {
    var message = incoming.message();
    return new QueueName(message.process(), message.operation(), message.kind());
  }

  /** Where the policy says so the oldest messages leave until the bounds are kept. */
  void make(Incoming incoming) {
    var bounds = incoming.bounds();
    if (incoming.policy().onFull() != QueuePolicy.Full.DROP_OLDEST) {
      return;
    }
    for (var slot : incoming.slots()) {
      var waiting = work.waiting(slot, bounds.perConversation());
      if (waiting.size() >= bounds.perConversation()) {
        drop(waiting.getFirst().message());
      }
    }
    var name = name(incoming);
    int own = incoming.message().body().length();
    while (isFull(name, bounds, own)) {
      var oldest = work.firstWaiting(name, 1);
      if (oldest.isEmpty()) {
        return;
      }
      drop(oldest.getFirst());
    }
  }

  private boolean isFull(QueueName name, Bounds bounds, int more) {
    var all = work.queue(name);
    return all.messages() >= bounds.perOperation() || all.bytes() + more > bounds.bytes();
  }

  private void drop(MessageId oldest) {
    Optional.of(oldest)
        .flatMap(work::message)
        .filter(row -> row.state() == MessageState.WAITING)
        .ifPresent(row -> queue.collect(row, CollectionReason.OVERFLOW, overflow()));
  }

  private static Fault.Gateway overflow() {
    return Fault.of(
        FaultKind.QUEUE_FULL,
        "The message made room for a newer one before anything took it",
        "Send it again later.");
  }
}
