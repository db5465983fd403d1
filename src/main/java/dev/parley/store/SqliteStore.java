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
import dev.parley.store.Write.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** One SQLite file in the data folder: nothing to install, one gateway. */
public final class SqliteStore implements Store {
  private final SqliteFile file;
  // Fair, so that the checkpointer gets its turn while batches keep coming.
  private final ReentrantLock writing = new ReentrantLock(true);
  private final SqliteWriter writer;
  private final SqliteReads reads;
  private final SqliteLoads loads;
  private final SqliteViews views;
  private final SqliteLeftovers leftovers;
  private final SqliteOverview overview;
  private final Checkpointer checkpointer;
  private boolean closed;

  private SqliteStore(SqliteFile file, int recentIdentities, int filterBits) throws SQLException {
    this.file = file;
    var names = new Names(file.writing());
    var session = new Session(file.writing(), names);
    var identities = new RecentIdentities(session, recentIdentities);
    var waiting = new WaitingFilter(session, filterBits);
    writer = new SqliteWriter(session, identities, waiting);
    var reader = new Reader(file.reading(), names);
    reads = new SqliteReads(reader, identities, waiting);
    loads = new SqliteLoads(reader);
    var viewer = new Reader(file.viewing(), names);
    views = new SqliteViews(viewer, identities);
    leftovers =
        new SqliteLeftovers(
            work -> write(() -> writer.transact(work)),
            session,
            viewer,
            new SqliteForgetting(this::write, writer, identities, reader));
    overview = new SqliteOverview(viewer);
    checkpointer = new Checkpointer(file.checkpointing(), writing, SqliteFile.LOG_PAGES);
  }

  /** Makes the folder and the file where they are missing; refuses a folder that is in use. */
  public static SqliteStore open(Path dataFolder) throws StoreUnusable {
    return open(dataFolder, RecentIdentities.CAPACITY, WaitingFilter.BITS);
  }

  static SqliteStore open(Path dataFolder, int recentIdentities, int filterBits)
      throws StoreUnusable {
    var file = SqliteFile.open(dataFolder);
    try {
      return new SqliteStore(file, recentIdentities, filterBits);
    } catch (SQLException e) {
      file.close();
      throw SqliteFile.unusable(file.path(), e);
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
      checkpointer.committed();
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
    return loads.dueOutbox(now, file.bootId(), limit);
  }

  @Override
  public List<MessageId> forsakenOutbox(int limit) {
    return loads.forsakenOutbox(file.bootId(), limit);
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
    return file.storeId();
  }

  @Override
  public int bootId() {
    return file.bootId();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      writing.unlock();
    }
    checkpointer.close();
    file.close();
  }
}
