package dev.parley.simulation;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A real store, of which everything is read. What is committed is written to the oracle's tables
 * too; when it is opened and closed it must hold what they hold.
 */
final class MirroredStore implements Store {
  private final Store real;
  private final Tables tables;
  private final SimulatedStore.Disk disk;
  private final StoreComparison comparison;

  /** The next boot of a real store that was opened for it. */
  MirroredStore(Store real, Tables tables, SimulatedStore.Disk disk, StoreComparison comparison) {
    this.real = real;
    this.tables = tables;
    this.disk = disk;
    this.comparison = comparison;
    tables.boots++;
    tables.first =
        batch -> {
          real.commit(batch);
          comparison.remember(batch);
        };
    comparison.check(tables, real);
  }

  @Override
  public void commit(Batch batch) {
    disk.write(tables, batch);
  }

  @Override
  public Map<Digest, MessageId> identities(Collection<Digest> identities) {
    return real.identities(identities);
  }

  @Override
  public Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    return real.messages(ids);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return real.subscriptions(slots);
  }

  @Override
  public List<KeyRow> keys(Collection<Digest> keys) {
    return real.keys(keys);
  }

  @Override
  public List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    return real.waiting(slots, limit);
  }

  @Override
  public List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return real.waitingUnder(keys);
  }

  @Override
  public List<WaitingRow> expired(Instant now, int limit) {
    return real.expired(now, limit);
  }

  @Override
  public Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    return real.instances(ids);
  }

  @Override
  public List<TimerRow> dueTimers(Instant now, int limit) {
    return real.dueTimers(now, limit);
  }

  @Override
  public List<OutboxRow> dueOutbox(Instant now, int limit) {
    return real.dueOutbox(now, limit);
  }

  @Override
  public Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    return real.outbox(ids);
  }

  @Override
  public List<HistoryRow> history(InstanceId instance) {
    return real.history(instance);
  }

  @Override
  public List<IncidentRow> incidents(int limit) {
    return real.incidents(limit);
  }

  @Override
  public List<InstanceId> instanceIds(InstanceId after, int limit) {
    return real.instanceIds(after, limit);
  }

  @Override
  public List<DeploymentRow> deployments() {
    return real.deployments();
  }

  @Override
  public Map<String, Long> counts() {
    return real.counts();
  }

  /** Not the real one, which no seed decides. */
  @Override
  public long storeId() {
    return SimulatedStore.STORE_ID;
  }

  @Override
  public int bootId() {
    return real.bootId();
  }

  @Override
  public void close() {
    try {
      comparison.check(tables, real);
    } finally {
      real.close();
    }
  }
}
