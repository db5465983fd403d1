package dev.parley.turn;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A view of which it is written down what was read, also of a batch that is being committed: what
 * it decided stands only as long as no other gateway has decided something else. How much waits in
 * a queue is not: bounds may be exceeded by what several gateways take at one moment.
 */
record Observed(View below, ReadSet reads) implements View {

  @Override
  public Optional<IdentityRow> identity(Digest identity) {
    reads.identity(identity);
    return below.identity(identity);
  }

  @Override
  public Optional<MessageRow> message(MessageId id) {
    reads.message(id);
    return below.message(id);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot) {
    reads.subscriptions(slot);
    return below.subscriptions(slot);
  }

  @Override
  public Optional<InstanceId> holder(Digest key) {
    reads.holder(key);
    return below.holder(key);
  }

  @Override
  public List<WaitingRow> waiting(Slot slot, int limit) {
    reads.waitingUnder(slot.key());
    return below.waiting(slot, limit);
  }

  @Override
  public Collection<WaitingRow> waitingUnder(Digest key) {
    reads.waitingUnder(key);
    return below.waitingUnder(key);
  }

  @Override
  public QueueRow queue(QueueName name) {
    return below.queue(name);
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    reads.queue(queue);
    return below.firstWaiting(queue, limit);
  }

  @Override
  public Collection<WaitingRow> waitingOf(MessageId message) {
    reads.waitingOf(message);
    return below.waitingOf(message);
  }

  @Override
  public Optional<Loaded> instance(InstanceId id) {
    reads.instance(id);
    return below.instance(id);
  }

  @Override
  public Optional<OutboxRow> outbox(MessageId id) {
    reads.outbox(id);
    return below.outbox(id);
  }

  @Override
  public Optional<DeadLetterRow> deadLetter(MessageId message) {
    reads.deadLetter(message);
    return below.deadLetter(message);
  }

  @Override
  public long storeId() {
    return below.storeId();
  }
}
