package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store in front of another one; whoever extends it changes what it is asked. */
public class StoreAround implements Store {
  private final Store inner;

  public StoreAround(Store inner) {
    this.inner = inner;
  }

  /** Not to be changed alone. */
  @Override
  public final void commit(Batch batch) {
    commit(batch, ReadSet.none());
  }

  @Override
  public void commit(Batch batch, ReadSet reads) {
    inner.commit(batch, reads);
  }

  @Override
  public List<News> news() {
    return inner.news();
  }

  @Override
  public void awaitNews(Duration atMost) {
    inner.awaitNews(atMost);
  }

  @Override
  public long opened() {
    return inner.opened();
  }

  @Override
  public Set<Integer> gateways() {
    return inner.gateways();
  }

  @Override
  public List<MessageId> forsakenOutbox(int limit) {
    return inner.forsakenOutbox(limit);
  }

  @Override
  public Map<Digest, IdentityRow> identities(Collection<Digest> identities) {
    return inner.identities(identities);
  }

  @Override
  public Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    return inner.messages(ids);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return inner.subscriptions(slots);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit) {
    return inner.subscriptions(slot, after, token, limit);
  }

  @Override
  public List<KeyRow> keys(Collection<Digest> keys) {
    return inner.keys(keys);
  }

  @Override
  public List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    return inner.waiting(slots, limit);
  }

  @Override
  public List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return inner.waitingUnder(keys);
  }

  @Override
  public List<WaitingRow> expired(Instant now, int limit) {
    return inner.expired(now, limit);
  }

  @Override
  public List<QueueRow> queues() {
    return inner.queues();
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    return inner.firstWaiting(queue, limit);
  }

  @Override
  public Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    return inner.instances(ids);
  }

  @Override
  public Set<Integer> live(Collection<Integer> definitions) {
    return inner.live(definitions);
  }

  @Override
  public List<TimerRow> dueTimers(Instant now, int limit) {
    return inner.dueTimers(now, limit);
  }

  @Override
  public List<OutboxRow> dueOutbox(Instant now, int limit) {
    return inner.dueOutbox(now, limit);
  }

  @Override
  public Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    return inner.outbox(ids);
  }

  @Override
  public Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids) {
    return inner.deadLetters(ids);
  }

  @Override
  public List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit) {
    return inner.deadLetters(filter, after, limit);
  }

  @Override
  public List<MessageId> queued(QueueFilter filter, MessageId after, int limit) {
    return inner.queued(filter, after, limit);
  }

  @Override
  public List<QueueCount> queueCounts() {
    return inner.queueCounts();
  }

  @Override
  public List<InstanceId> liveInstances(int definition, InstanceId after, int limit) {
    return inner.liveInstances(definition, after, limit);
  }

  @Override
  public List<HistoryRow> history(InstanceId instance) {
    return inner.history(instance);
  }

  @Override
  public List<IncidentRow> incidents(int limit) {
    return inner.incidents(limit);
  }

  @Override
  public List<WaitingRow> waitingOf(MessageId message) {
    return inner.waitingOf(message);
  }

  @Override
  public List<MessageId> waitingMessages(MessageId after, int limit) {
    return inner.waitingMessages(after, limit);
  }

  @Override
  public List<InstanceId> instanceIds(InstanceId after, int limit) {
    return inner.instanceIds(after, limit);
  }

  @Override
  public List<DeploymentRow> deployments() {
    return inner.deployments();
  }

  @Override
  public Map<String, Long> counts() {
    return inner.counts();
  }

  @Override
  public Leftovers leftovers() {
    return inner.leftovers();
  }

  @Override
  public long storeId() {
    return inner.storeId();
  }

  @Override
  public boolean isShared() {
    return inner.isShared();
  }

  @Override
  public int bootId() {
    return inner.bootId();
  }

  @Override
  public void close() {
    inner.close();
  }
}
