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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is read of a PostgreSQL database. */
abstract sealed class PostgresTables implements Store permits PostgresStore {
  private final PostgresReads reads;
  private final PostgresLoads loads;
  private final PostgresViews views;
  private final PostgresOverview overview;

  PostgresTables(PostgresContents contents) {
    reads = new PostgresReads(contents.reader(), contents.identities());
    loads = new PostgresLoads(contents.reader());
    views = new PostgresViews(contents.viewer(), contents.names(), contents.identities());
    overview = new PostgresOverview(contents.viewer());
  }

  @Override
  public Map<Digest, IdentityRow> identities(Collection<Digest> identities) {
    return reads.identities(identities);
  }

  @Override
  public Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    return loads.messages(ids);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return reads.subscriptions(slots);
  }

  @Override
  public List<KeyRow> keys(Collection<Digest> keys) {
    return reads.keys(keys);
  }

  @Override
  public List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    return reads.waiting(slots, limit);
  }

  @Override
  public List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return reads.waitingUnder(keys);
  }

  @Override
  public List<WaitingRow> expired(Instant now, int limit) {
    return reads.expired(now, limit);
  }

  @Override
  public List<QueueRow> queues() {
    return reads.queues();
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    return reads.firstWaiting(queue, limit);
  }

  @Override
  public Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    return loads.instances(ids);
  }

  @Override
  public Set<Integer> live(Collection<Integer> definitions) {
    return loads.live(definitions);
  }

  @Override
  public List<TimerRow> dueTimers(Instant now, int limit) {
    return reads.dueTimers(now, limit);
  }

  @Override
  public List<OutboxRow> dueOutbox(Instant now, int limit) {
    return loads.dueOutbox(now, bootId(), limit);
  }

  @Override
  public List<MessageId> forsakenOutbox(int limit) {
    return loads.forsakenOutbox(gateways(), limit);
  }

  @Override
  public Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    return loads.outbox(ids);
  }

  @Override
  public Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids) {
    return loads.deadLetters(ids);
  }

  @Override
  public List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit) {
    return overview.deadLetters(filter, after, limit);
  }

  @Override
  public List<MessageId> queued(QueueFilter filter, MessageId after, int limit) {
    return overview.queued(filter, after, limit);
  }

  @Override
  public List<QueueCount> queueCounts() {
    return overview.queueCounts();
  }

  @Override
  public List<InstanceId> liveInstances(int definition, InstanceId after, int limit) {
    return overview.liveInstances(definition, after, limit);
  }

  @Override
  public List<HistoryRow> history(InstanceId instance) {
    return views.history(instance);
  }

  @Override
  public List<IncidentRow> incidents(int limit) {
    return views.incidents(limit);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit) {
    return views.subscriptions(slot, after, token, limit);
  }

  @Override
  public List<WaitingRow> waitingOf(MessageId message) {
    return reads.waitingOf(message);
  }

  @Override
  public List<MessageId> waitingMessages(MessageId after, int limit) {
    return views.waitingMessages(after, limit);
  }

  @Override
  public List<InstanceId> instanceIds(InstanceId after, int limit) {
    return views.instanceIds(after, limit);
  }

  @Override
  public List<DeploymentRow> deployments() {
    return views.deployments();
  }

  @Override
  public Map<String, Long> counts() {
    return views.counts();
  }
}
