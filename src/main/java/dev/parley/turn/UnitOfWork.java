package dev.parley.turn;

import dev.parley.engine.ProcessInstance;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What has been decided and not yet committed, over what lies below: another unit of work, or the
 * store. What is created and consumed within it leaves no trace.
 */
final class UnitOfWork implements View {
  private View below;
  private final Changes<MessageId, MessageRow> messages = new Changes<>();
  private final Map<Digest, IdentityRow> identities = new LinkedHashMap<>();
  private final Changes<InstanceId, Loaded> instances = new Changes<>();
  private final Marks<Slot, SubscriptionRow> subscriptions = new Marks<>(SubscriptionRow::slot);
  private final Map<Digest, InstanceId> keys = new LinkedHashMap<>();
  private final Marks<Digest, WaitingRow> waiting = new Marks<>(w -> w.slot().key());
  private final Map<QueueName, QueueRow> queues = new LinkedHashMap<>();
  private final Marks<InstanceId, TimerRow> timers = new Marks<>(TimerRow::instance);
  private final Changes<MessageId, OutboxRow> outbox = new Changes<>();
  private final List<HistoryRow> history = new ArrayList<>();
  private final List<IncidentRow> incidents = new ArrayList<>();
  private final List<DeploymentRow> deployments = new ArrayList<>();
  private final DeadLetters deadLetters = new DeadLetters();

  UnitOfWork(View below) {
    this.below = below;
  }

  @Override
  public Optional<IdentityRow> identity(Digest identity) {
    var here = identities.get(identity);
    return here == null ? below.identity(identity) : Optional.of(here);
  }

  @Override
  public Optional<MessageRow> message(MessageId id) {
    var here = messages.get(id);
    return here == null ? below.message(id) : Optional.of(here);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot) {
    var marks = subscriptions.of(slot);
    return marks.isEmpty()
        ? below.subscriptions(slot)
        : List.copyOf(Marks.applied(below.subscriptions(slot), marks));
  }

  @Override
  public Optional<InstanceId> holder(Digest key) {
    var here = keys.get(key);
    return here == null ? below.holder(key) : Optional.of(here);
  }

  @Override
  public List<WaitingRow> waiting(Slot slot, int limit) {
    var marks = waiting.of(slot.key());
    if (marks.isEmpty()) {
      return below.waiting(slot, limit);
    }
    return Marks.applied(below.waiting(slot, limit + marks.size()), marks).stream()
        .filter(w -> w.slot().equals(slot))
        .sorted(Comparator.comparing(WaitingRow::message))
        .limit(limit)
        .toList();
  }

  @Override
  public Collection<WaitingRow> waitingUnder(Digest key) {
    return Marks.applied(below.waitingUnder(key), waiting.of(key));
  }

  @Override
  public Collection<WaitingRow> waitingOf(MessageId message) {
    return below.waitingOf(message);
  }

  @Override
  public Optional<Loaded> instance(InstanceId id) {
    var here = instances.get(id);
    return here == null ? below.instance(id) : Optional.of(here);
  }

  @Override
  public Optional<OutboxRow> outbox(MessageId id) {
    var here = outbox.get(id);
    return here == null ? below.outbox(id) : Optional.of(here);
  }

  @Override
  public Optional<DeadLetterRow> deadLetter(MessageId message) {
    return deadLetters.isDecided(message) ? deadLetters.find(message) : below.deadLetter(message);
  }

  @Override
  public QueueRow queue(QueueName name) {
    var grown = queues.get(name);
    var before = below.queue(name);
    return grown == null ? before : before.plus(grown.messages(), grown.bytes());
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    var here = messages.all().stream().filter(m -> m.queue().equals(queue)).toList();
    var ids = new TreeSet<>(below.firstWaiting(queue, limit + here.size()));
    for (var row : here) {
      if (row.state() == MessageState.WAITING) {
        ids.add(row.id());
      } else {
        ids.remove(row.id());
      }
    }
    return ids.stream().limit(limit).toList();
  }

  @Override
  public long storeId() {
    return below.storeId();
  }

  /**
   * What was decided here stays; what lay below has been committed, so that a fresh view shows it.
   */
  void rebase(View freshView) {
    this.below = freshView;
  }

  void create(MessageRow row) {
    messages.create(row.id(), row);
  }

  void change(MessageRow row) {
    messages.change(row.id(), row);
  }

  /** Those of these identities that nobody bears yet are this message's. */
  void identify(List<Digest> these, Message message) {
    for (var identity : these) {
      if (identity(identity).isEmpty()) {
        identities.put(identity, IdentityRow.of(identity, message));
      }
    }
  }

  void create(ProcessInstance instance, long historyRow) {
    instances.create(instance.id(), new Loaded(instance, 0, historyRow));
  }

  /** Its row version is settled by {@link #toBatch}. */
  void change(ProcessInstance instance, long historyRow) {
    instances.change(instance.id(), new Loaded(instance, 0, historyRow));
  }

  void mark(SubscriptionRow row, boolean comes) {
    subscriptions.mark(row, comes);
  }

  void hold(Digest key, InstanceId instance) {
    keys.put(key, instance);
  }

  void mark(WaitingRow row, boolean comes) {
    waiting.mark(row, comes);
  }

  /** A queue grows by so much, or shrinks. */
  void grow(QueueName name, long moreMessages, long moreBytes) {
    queues.merge(
        name,
        new QueueRow(name, moreMessages, moreBytes),
        (grown, more) -> grown.plus(more.messages(), more.bytes()));
  }

  void mark(TimerRow row, boolean comes) {
    timers.mark(row, comes);
  }

  void create(OutboxRow row) {
    outbox.create(row.id(), row);
  }

  void change(OutboxRow row) {
    outbox.change(row.id(), row);
  }

  void record(HistoryRow row) {
    history.add(row);
  }

  void raise(IncidentRow row) {
    incidents.add(row);
  }

  void deploy(DeploymentRow row) {
    deployments.add(row);
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  /** Takes over everything decided in a unit of work above this one. */
  void absorb(UnitOfWork above) {
    messages.absorb(above.messages);
    identities.putAll(above.identities);
    instances.absorb(above.instances);
    subscriptions.absorb(above.subscriptions);
    keys.putAll(above.keys);
    waiting.absorb(above.waiting);
    above.queues.values().forEach(q -> grow(q.name(), q.messages(), q.bytes()));
    timers.absorb(above.timers);
    outbox.absorb(above.outbox);
    history.addAll(above.history);
    incidents.addAll(above.incidents);
    deployments.addAll(above.deployments);
    deadLetters.absorb(above.deadLetters);
  }

  List<OutboxRow> newOutbox() {
    return outbox.created();
  }

  List<TimerRow> newTimers() {
    return timers.marked(true);
  }

  /** What a commit has to write; from now on other units of work may stand on this one. */
  Batch toBatch() {
    var changedInstances = instances.changed().stream().map(this::changedRow).toList();
    return new Batch(
        messages.created(),
        messages.changed(),
        List.copyOf(identities.values()),
        instances.created().stream().map(i -> InstanceRows.of(i, Map.of())).toList(),
        changedInstances,
        subscriptions.marked(true),
        subscriptions.marked(false),
        keys.entrySet().stream().map(e -> new KeyRow(e.getKey(), e.getValue())).toList(),
        waiting.marked(true),
        waiting.marked(false),
        timers.marked(true),
        timers.marked(false),
        outbox.created(),
        outbox.changed(),
        history,
        incidents,
        deployments,
        deadLetters.buried(),
        deadLetters.exhumed(),
        List.copyOf(queues.values()));
  }

  private InstanceRow changedRow(Loaded changed) {
    var id = changed.instance().id();
    var before = below.instance(id).orElseThrow();
    var next = new Loaded(changed.instance(), before.rowVersion() + 1, changed.history());
    instances.change(id, next);
    return InstanceRows.of(next, before.instance().ownItems());
  }
}
