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
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A PostgreSQL database: a server's durability and its tools; for now one gateway, too. */
public final class PostgresStore implements Store {
  /**
   * How long to wait.
   *
   * @param lock for another gateway's end: what a killed one left behind ends in less time
   * @param outcome for a COMMIT whose answer was lost to be looked up
   */
  record Patience(Duration lock, Duration outcome) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  private final ReentrantLock writing = new ReentrantLock();
  private final PostgresSession session;
  private final PostgresWriter writer;
  private final PostgresReader reader;
  private final PostgresReader viewer;
  private final PostgresReads reads;
  private final PostgresLoads loads;
  private final PostgresViews views;
  private final PostgresLeftovers leftovers;
  private final PostgresOverview overview;

  private PostgresStore(PostgresLink link, PostgresSession session, Patience patience)
      throws SQLException {
    this.session = session;
    var names = new PostgresNames(link, session.connection());
    var identities = new PostgresIdentities(session.connection());
    session.connection().commit();
    writer = new PostgresWriter(session, names, identities, patience.outcome());
    reader = new PostgresReader(link::connect, names);
    viewer = new PostgresReader(link::view, names);
    reads = new PostgresReads(reader, identities);
    loads = new PostgresLoads(reader);
    views = new PostgresViews(viewer, names, identities);
    leftovers = new PostgresLeftovers(this::write, writer, viewer, identities);
    overview = new PostgresOverview(viewer);
  }

  /** Makes the tables where they are missing; refuses a database that another gateway has open. */
  public static PostgresStore open(PostgresAddress address) throws StoreUnusable {
    return open(address, Patience.USUAL);
  }

  static PostgresStore open(PostgresAddress address, Patience patience) throws StoreUnusable {
    var link = new PostgresLink(address);
    var session = PostgresSession.open(link, patience.lock());
    try {
      return new PostgresStore(link, session, patience);
    } catch (SQLException e) {
      session.close();
      throw PostgresErrors.unusable(address, e);
    }
  }

  @Override
  public void commit(Batch batch, ReadSet reads) {
    write(() -> writer.commit(batch));
  }

  private void write(Runnable work) {
    writing.lock();
    try {
      work.run();
    } finally {
      writing.unlock();
    }
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

  @Override
  public Leftovers leftovers() {
    return leftovers;
  }

  @Override
  public long storeId() {
    return session.boot().store();
  }

  @Override
  public int bootId() {
    return session.boot().id();
  }

  @Override
  public void close() {
    writer.close();
    writing.lock();
    try {
      session.close();
    } finally {
      writing.unlock();
    }
    reader.close();
    viewer.close();
  }
}
