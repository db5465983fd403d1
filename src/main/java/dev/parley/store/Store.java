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

/**
 * What survives a crash. One thread commits, another one may read meanwhile; reads see what has
 * been committed. Instants are kept to the millisecond. Every method throws {@link StoreException}
 * when the database fails.
 *
 * <p>Call from platform threads only: a database in this process pins a virtual thread to its
 * carrier for as long as the disk takes.
 */
public interface Store extends AutoCloseable {

  /**
   * Writes everything in the batch and makes it durable, or nothing at all. Throws {@link
   * StoreException} whose {@link StoreException#nothingWritten()} says whether the batch can be
   * tried again. An empty batch is checked only.
   *
   * @param reads what was decided rests on; where another gateway has written some of it since,
   *     nothing is written, {@link StoreException#isLostRace()}
   */
  void commit(Batch batch, ReadSet reads);

  /** The same for what rests on nothing. */
  default void commit(Batch batch) {
    commit(batch, ReadSet.none());
  }

  /** What other gateways have committed since this was asked last, oldest first. */
  default List<News> news() {
    return List.of();
  }

  /** Returns when there may be news, or after so long. */
  default void awaitNews(Duration atMost) {}

  /** Number of the newest commit when this gateway opened the store. */
  default long opened() {
    return 0;
  }

  /** Boot ids of the gateways that are up, this one among them. */
  default Set<Integer> gateways() {
    return Set.of(bootId());
  }

  /**
   * Those of these identities that are remembered: surely the ones of messages not older than what
   * was asked to be forgotten, {@link Leftovers#forgetIdentities}.
   */
  Map<Digest, IdentityRow> identities(Collection<Digest> identities);

  Map<MessageId, MessageRow> messages(Collection<MessageId> ids);

  /** Enabled receives, by slot. */
  List<SubscriptionRow> subscriptions(Collection<Slot> slots);

  /**
   * Those of one slot after an instance's token, by instance and token, for looking at: turns do
   * not wait for it.
   */
  List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit);

  /** Who holds these correlation keys, or held them last. */
  List<KeyRow> keys(Collection<Digest> keys);

  /** Messages that wait in these slots, oldest first, {@code limit} for each slot. */
  List<WaitingRow> waiting(Collection<Slot> slots, int limit);

  /** Every message that waits under one of these keys, whatever its operation. */
  List<WaitingRow> waitingUnder(Collection<Digest> keys);

  /**
   * Messages that wait although their time is over, longest over first, with every slot they wait
   * in; the limit counts messages.
   */
  List<WaitingRow> expired(Instant now, int limit);

  /** What waits, added up: reads every message that waits, when the store has been opened. */
  List<QueueRow> queues();

  /** The messages of one queue that came first. */
  List<MessageId> firstWaiting(QueueName queue, int limit);

  /** Every slot that a message waits in. */
  List<WaitingRow> waitingOf(MessageId message);

  /** Messages that wait in any slot, oldest first, from the one after this one. */
  List<MessageId> waitingMessages(MessageId after, int limit);

  /** Instances with all their data items. */
  Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids);

  /** Those of these process versions that a live instance runs. */
  Set<Integer> live(Collection<Integer> definitions);

  /** Timers due at or before an instant, earliest first. */
  List<TimerRow> dueTimers(Instant now, int limit);

  /**
   * Outbound messages of this gateway that are pending and whose next attempt is due, longest due
   * first.
   */
  List<OutboxRow> dueOutbox(Instant now, int limit);

  /** Outbound messages that are pending, and whose gateway is not up any more. */
  List<MessageId> forsakenOutbox(int limit);

  Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids);

  /** Those of these messages that are dead letters. */
  Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids);

  /** Dead letters by id, after one of them; for looking at. */
  List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit);

  /** Messages that wait, by id, after one of them; for looking at. */
  List<MessageId> queued(QueueFilter filter, MessageId after, int limit);

  /** How many messages of each operation wait, in no order. */
  List<QueueCount> queueCounts();

  /** Instances of a process version that live, by id, after one of them; for looking at. */
  List<InstanceId> liveInstances(int definition, InstanceId after, int limit);

  /** One instance's turns, first one first: a chain from the instance's newest row backwards. */
  List<HistoryRow> history(InstanceId instance);

  /** Open incidents, oldest first. */
  List<IncidentRow> incidents(int limit);

  /** Instances, live or not, in the order in which they began, from the one after this one. */
  List<InstanceId> instanceIds(InstanceId after, int limit);

  /**
   * The newest deployment of each bundle and every one that a live instance, or a message that is
   * still to be sent, needs, oldest first.
   */
  List<DeploymentRow> deployments();

  /**
   * How many there are of each: {@code liveInstances}, {@code instances}, {@code waitingMessages},
   * {@code messages}, {@code identities}, {@code subscriptions}, {@code keys}, {@code timers},
   * {@code pendingOutbox}, {@code outbox}, {@code turns}, {@code openIncidents}, {@code
   * deployments}, {@code deadLetters}. For display; slow where there are millions.
   */
  Map<String, Long> counts();

  /** What nothing can need again. */
  Leftovers leftovers();

  /** Random number of this store, made when it was created: makes ids unique on the wire. */
  long storeId();

  /** Whether other gateways may write to it meanwhile; only then can a batch lose a race. */
  default boolean isShared() {
    return false;
  }

  /** Grows by one each time a gateway opens the store. */
  int bootId();

  @Override
  void close();
}
