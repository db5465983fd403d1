package dev.parley.simulation;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Leftovers;
import dev.parley.store.News;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.ReadSet;
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
import dev.parley.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store in memory: what was committed outlives it, and a commit may fail. */
public final class SimulatedStore implements Store {
  static final long STORE_ID = 0x5EEDL;

  /** What batches are written to. */
  @FunctionalInterface
  interface Disk {
    void write(Tables tables, Batch batch);
  }

  private final Tables tables;
  private final SimulatedOverview overview;
  private final int boot;
  private final Disk disk;
  private final long opened;
  private long heard;
  private Set<Integer> gateways;

  private SimulatedStore(Tables tables, int boot, Disk disk) {
    this.tables = tables;
    this.overview = new SimulatedOverview(tables);
    this.boot = boot;
    this.disk = disk;
    this.opened = tables.log.newest();
    this.heard = opened;
    this.gateways = tables.log.up();
  }

  /**
   * The next boot over these tables; every other gateway has ended.
   *
   * @param disk writes a batch, or fails before or after it
   */
  static SimulatedStore next(Tables tables, Disk disk) {
    tables.log.up().forEach(tables.log::leave);
    return join(tables, disk);
  }

  /** The next boot over these tables, beside whoever is up. */
  static SimulatedStore join(Tables tables, Disk disk) {
    tables.log.join(++tables.boots);
    return new SimulatedStore(tables, tables.boots, disk);
  }

  /** To look at these tables as a boot of them does; not another one. */
  static SimulatedStore over(Tables tables, int boot) {
    return new SimulatedStore(tables, boot, Tables::write);
  }

  /** An empty store whose disk never fails. */
  public static SimulatedStore empty() {
    return next(new Tables(), Tables::write);
  }

  /** The same store, opened once more. */
  public SimulatedStore reopen() {
    return next(tables, disk);
  }

  /** The same store, as another gateway beside this one has it open. */
  public SimulatedStore beside() {
    return join(tables, disk);
  }

  @Override
  public void commit(Batch batch, ReadSet reads) {
    tables.log.check(boot, reads);
    if (!batch.isEmpty()) {
      write(batch);
    }
  }

  /** Whatever others have written. */
  void write(Batch batch) {
    tables.log.writes(boot);
    disk.write(tables, batch);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public List<News> news() {
    var news = tables.log.since(heard, boot);
    gateways = tables.log.up();
    heard = news.isEmpty() ? heard : news.getLast().number();
    return news;
  }

  @Override
  public long opened() {
    return opened;
  }

  @Override
  public Set<Integer> gateways() {
    return gateways;
  }

  @Override
  public Map<Digest, IdentityRow> identities(Collection<Digest> identities) {
    return overview.identities(identities, tables.log.identities(heard, boot));
  }

  @Override
  public Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    return SimulatedOverview.found(tables.messages, ids);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return overview.subscriptions(slots);
  }

  @Override
  public List<KeyRow> keys(Collection<Digest> keys) {
    return SimulatedOverview.found(tables.keys, keys).entrySet().stream()
        .map(e -> new KeyRow(e.getKey(), e.getValue()))
        .toList();
  }

  @Override
  public List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    return slots.stream().flatMap(s -> overview.waiting(s).limit(limit)).toList();
  }

  @Override
  public List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return overview.waitingUnder(keys);
  }

  @Override
  public List<WaitingRow> waitingOf(MessageId message) {
    return tables.waiting.stream().filter(r -> r.message().equals(message)).toList();
  }

  @Override
  public List<MessageId> waitingMessages(MessageId after, int limit) {
    return overview.waitingMessages(after, limit);
  }

  @Override
  public List<WaitingRow> expired(Instant now, int limit) {
    return overview.expired(now, limit);
  }

  @Override
  public List<QueueRow> queues() {
    return Counts.queues(tables);
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    return overview.firstWaiting(queue, limit);
  }

  @Override
  public Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    return SimulatedOverview.found(tables.instances, ids);
  }

  @Override
  public Set<Integer> live(Collection<Integer> definitions) {
    return overview.live(definitions);
  }

  @Override
  public List<TimerRow> dueTimers(Instant now, int limit) {
    return overview.dueTimers(now, limit);
  }

  @Override
  public List<MessageId> forsakenOutbox(int limit) {
    return forsakenOutbox(gateways, limit);
  }

  /** The same where these gateways are up. */
  List<MessageId> forsakenOutbox(Set<Integer> up, int limit) {
    return overview.forsakenOutbox(up, limit);
  }

  @Override
  public List<OutboxRow> dueOutbox(Instant now, int limit) {
    return overview.dueOutbox(boot, now, limit);
  }

  @Override
  public Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    return SimulatedOverview.found(tables.outbox, ids);
  }

  @Override
  public Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids) {
    return SimulatedOverview.found(tables.deadLetters, ids);
  }

  @Override
  public List<HistoryRow> history(InstanceId instance) {
    return overview.history(instance);
  }

  @Override
  public List<IncidentRow> incidents(int limit) {
    return overview.incidents(limit);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit) {
    return overview.after(subscriptions(List.of(slot)), after, token, limit);
  }

  @Override
  public List<InstanceId> instanceIds(InstanceId after, int limit) {
    return overview.instanceIds(after, limit);
  }

  @Override
  public List<DeploymentRow> deployments() {
    return overview.deployments();
  }

  @Override
  public Map<String, Long> counts() {
    return overview.counts();
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
  public Leftovers leftovers() {
    return new SimulatedLeftovers(tables);
  }

  @Override
  public long storeId() {
    return STORE_ID;
  }

  @Override
  public int bootId() {
    return boot;
  }

  @Override
  public void close() {}
}
