package dev.parley.simulation;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators look through. */
final class SimulatedOverview {
  private final Tables tables;

  SimulatedOverview(Tables tables) {
    this.tables = tables;
  }

  List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit) {
    return tables.deadLetters.values().stream()
        .filter(d -> d.message().compareTo(after) > 0)
        .filter(d -> isOf(filter.process(), d.process()))
        .filter(d -> isOf(filter.operation(), d.operation().operation()))
        .filter(d -> isOf(filter.reason(), d.reason()))
        .filter(d -> filter.direction() == null || filter.direction() == d.direction())
        .limit(limit)
        .toList();
  }

  private static boolean isOf(String wanted, String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  List<MessageId> queued(QueueFilter filter, MessageId after, int limit) {
    return Counts.waiting(tables)
        .filter(m -> m.id().compareTo(after) > 0)
        .filter(m -> isOf(filter.process(), m.message().process()))
        .filter(m -> isOf(filter.operation(), m.message().operation().operation()))
        .map(MessageRow::id)
        .limit(limit)
        .toList();
  }

  List<QueueCount> queueCounts() {
    record Group(String process, OperationName operation) {
      Group(Message message) {
        this(message.process(), message.operation());
      }
    }

    var groups = Counts.waiting(tables).collect(Collectors.groupingBy(m -> new Group(m.message())));
    return groups.entrySet().stream()
        .map(
            g ->
                new QueueCount(
                    g.getKey().process(),
                    g.getKey().operation(),
                    g.getValue().size(),
                    g.getValue().getFirst().id()))
        .toList();
  }

  List<InstanceId> liveInstances(int definition, InstanceId after, int limit) {
    return tables.instances.values().stream()
        .filter(i -> i.status() == InstanceStatus.LIVE && i.definition() == definition)
        .map(i -> i.id())
        .filter(id -> id.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  SortedMap<String, Long> counts() {
    return Counts.of(tables);
  }

  List<MessageId> waitingMessages(MessageId after, int limit) {
    return tables.waiting.stream()
        .map(WaitingRow::message)
        .filter(id -> id.compareTo(after) > 0)
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }

  /** A chain from the newest row backwards. */
  List<HistoryRow> history(InstanceId instance) {
    var turns = new ArrayList<HistoryRow>();
    var newest = tables.instances.get(instance);
    var row = newest == null ? null : tables.history.get(newest.history());
    while (row != null) {
      turns.addFirst(row);
      row = tables.history.get(row.previous());
    }
    return List.copyOf(turns);
  }

  List<DeploymentRow> deployments() {
    return tables.deployments.values().stream()
        .filter(d -> isNewest(d) || isUsed(d))
        .sorted(Comparator.comparing(DeploymentRow::generation).thenComparing(DeploymentRow::id))
        .toList();
  }

  private boolean isNewest(DeploymentRow row) {
    return tables.deployments.values().stream()
        .filter(d -> d.bundle().equals(row.bundle()))
        .noneMatch(d -> d.generation() > row.generation());
  }

  private boolean isUsed(DeploymentRow deployment) {
    var sending = pending().map(OutboxRow::instance).collect(Collectors.toSet());
    return tables.instances.values().stream()
        .filter(i -> i.status() == InstanceStatus.LIVE || sending.contains(i.id()))
        .anyMatch(i -> deployment.definitions().containsValue(i.definition()));
  }

  List<IncidentRow> incidents(int limit) {
    return tables.incidents.values().stream().filter(IncidentRow::open).limit(limit).toList();
  }

  List<InstanceId> instanceIds(InstanceId after, int limit) {
    return tables.instances.keySet().stream()
        .filter(id -> id.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  List<SubscriptionRow> after(List<SubscriptionRow> rows, InstanceId after, long token, int limit) {
    return rows.stream()
        .filter(
            r -> {
              int place = r.instance().compareTo(after);
              return place > 0 || (place == 0 && r.token() > token);
            })
        .limit(limit)
        .toList();
  }

  List<MessageId> firstWaiting(QueueName queue, int limit) {
    return Counts.waiting(tables)
        .filter(m -> m.queue().equals(queue))
        .map(MessageRow::id)
        .sorted()
        .limit(limit)
        .toList();
  }

  Set<Integer> live(Collection<Integer> definitions) {
    return tables.instances.values().stream()
        .filter(i -> i.status() == InstanceStatus.LIVE)
        .map(InstanceRow::definition)
        .filter(definitions::contains)
        .collect(Collectors.toSet());
  }

  List<MessageId> forsakenOutbox(Set<Integer> gateways, int limit) {
    return pending()
        .filter(r -> !gateways.contains(r.gateway()))
        .map(OutboxRow::id)
        .limit(limit)
        .toList();
  }

  List<OutboxRow> dueOutbox(int gateway, Instant now, int limit) {
    return pending()
        .filter(r -> r.gateway() == gateway && !r.nextAttempt().isAfter(now))
        .sorted(Comparator.comparing(OutboxRow::nextAttempt).thenComparing(OutboxRow::id))
        .limit(limit)
        .toList();
  }

  private Stream<OutboxRow> pending() {
    return tables.outbox.values().stream().filter(r -> r.state() == OutboxState.PENDING);
  }

  List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return slots.stream()
        .flatMap(
            slot ->
                tables.subscriptions.stream()
                    .filter(r -> r.slot().equals(slot))
                    .sorted(
                        Comparator.comparing(SubscriptionRow::instance)
                            .thenComparing(SubscriptionRow::token)))
        .toList();
  }

  List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return keys.stream()
        .flatMap(
            key ->
                tables.waiting.stream()
                    .filter(r -> r.slot().key().equals(key))
                    .sorted(Comparator.comparing(WaitingRow::message)))
        .toList();
  }

  List<WaitingRow> expired(Instant now, int limit) {
    return tables.messages.values().stream()
        .filter(m -> m.state() == MessageState.WAITING)
        .filter(m -> m.expiresAt() != null && !m.expiresAt().isAfter(now))
        .sorted(Comparator.comparing((MessageRow m) -> Objects.requireNonNull(m.expiresAt())))
        .limit(limit)
        .flatMap(m -> tables.waiting.stream().filter(w -> w.message().equals(m.id())))
        .toList();
  }

  List<TimerRow> dueTimers(Instant now, int limit) {
    return tables.timers.stream()
        .filter(t -> !t.dueAt().isAfter(now))
        .sorted(
            Comparator.comparing(TimerRow::dueAt)
                .thenComparing(TimerRow::instance)
                .thenComparing(TimerRow::timer))
        .limit(limit)
        .toList();
  }

  Stream<WaitingRow> waiting(Slot slot) {
    return tables.waiting.stream()
        .filter(r -> r.slot().equals(slot))
        .sorted(Comparator.comparing(WaitingRow::message));
  }

  static <K, V> Map<K, V> found(Map<K, V> rows, Collection<K> keys) {
    var found = new LinkedHashMap<K, V>();
    for (var key : keys) {
      var row = rows.get(key);
      if (row != null) {
        found.put(key, row);
      }
    }
    return found;
  }

  /** What others have added is known when it is heard. */
  Map<Digest, IdentityRow> identities(Collection<Digest> identities, Set<Digest> unheard) {
    var found = found(tables.identities, identities);
    found.keySet().removeAll(unheard);
    return found;
  }
}
