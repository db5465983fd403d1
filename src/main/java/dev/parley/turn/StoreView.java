package dev.parley.turn;

import dev.parley.engine.InstanceCodec;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has been committed. Reads ahead what a batch's messages will ask for, set by set. */
final class StoreView implements View {
  private final Store store;
  private final Map<QueueName, QueueRow> queues;
  private final Set<Digest> knownIdentities = new HashSet<>();
  private final Map<Digest, IdentityRow> identities = new HashMap<>();
  private final Map<Slot, List<SubscriptionRow>> subscriptions = new HashMap<>();
  private final Map<MessageId, MessageRow> messages = new HashMap<>();
  private final Map<InstanceId, Loaded> instances = new HashMap<>();

  StoreView(Store store) {
    this(store, Map.of());
  }

  /** Queues: how much waits in each; one that is not there is empty. */
  StoreView(Store store, Map<QueueName, QueueRow> queues) {
    this.store = store;
    this.queues = queues;
  }

  /** Loads identities, subscriptions and the instances behind them at once. */
  void readAhead(Collection<Digest> wantedIdentities, Set<Slot> slots) {
    if (!wantedIdentities.isEmpty()) {
      knownIdentities.addAll(wantedIdentities);
      identities.putAll(store.identities(wantedIdentities));
    }
    if (!slots.isEmpty()) {
      slots.forEach(s -> subscriptions.put(s, List.of()));
      var found = store.subscriptions(slots);
      found.stream()
          .collect(Collectors.groupingBy(SubscriptionRow::slot))
          .forEach(subscriptions::put);
      load(found.stream().map(SubscriptionRow::instance).collect(Collectors.toSet()));
    }
  }

  @Override
  public Optional<IdentityRow> identity(Digest identity) {
    if (knownIdentities.add(identity)) {
      identities.putAll(store.identities(List.of(identity)));
    }
    return Optional.ofNullable(identities.get(identity));
  }

  /** Loads messages at once. */
  void readMessages(Collection<MessageId> wanted) {
    if (!wanted.isEmpty()) {
      messages.putAll(store.messages(new HashSet<>(wanted)));
    }
  }

  @Override
  public Optional<MessageRow> message(MessageId id) {
    var known = messages.get(id);
    return Optional.ofNullable(known == null ? store.messages(List.of(id)).get(id) : known);
  }

  @Override
  public List<SubscriptionRow> subscriptions(Slot slot) {
    return subscriptions.computeIfAbsent(slot, s -> store.subscriptions(List.of(s)));
  }

  @Override
  public Optional<InstanceId> holder(Digest key) {
    return store.keys(List.of(key)).stream().map(KeyRow::instance).findFirst();
  }

  @Override
  public List<WaitingRow> waiting(Slot slot, int limit) {
    return store.waiting(List.of(slot), limit);
  }

  @Override
  public Collection<WaitingRow> waitingUnder(Digest key) {
    return store.waitingUnder(List.of(key));
  }

  @Override
  public QueueRow queue(QueueName name) {
    return queues.getOrDefault(name, new QueueRow(name, 0, 0));
  }

  @Override
  public List<MessageId> firstWaiting(QueueName queue, int limit) {
    return store.firstWaiting(queue, limit);
  }

  @Override
  public Collection<WaitingRow> waitingOf(MessageId message) {
    return store.waitingOf(message);
  }

  @Override
  public Optional<Loaded> instance(InstanceId id) {
    if (!instances.containsKey(id)) {
      load(Set.of(id));
    }
    return Optional.ofNullable(instances.get(id));
  }

  @Override
  public Optional<OutboxRow> outbox(MessageId id) {
    return Optional.ofNullable(store.outbox(List.of(id)).get(id));
  }

  @Override
  public Optional<DeadLetterRow> deadLetter(MessageId message) {
    return Optional.ofNullable(store.deadLetters(List.of(message)).get(message));
  }

  @Override
  public long storeId() {
    return store.storeId();
  }

  private void load(Set<InstanceId> ids) {
    if (!ids.isEmpty()) {
      store.instances(ids).forEach((id, row) -> instances.put(id, decode(row)));
    }
  }

  Loaded decode(InstanceRow row) {
    var items = new HashMap<Long, Value>();
    row.items().forEach((item, blob) -> items.put(item, Value.decode(blob)));
    var instance = InstanceCodec.decode(row.id(), row.state(), items, this::body);
    return new Loaded(instance, row.version(), row.history());
  }

  private Body body(MessageId id) {
    return message(id).orElseThrow().message().body();
  }
}
