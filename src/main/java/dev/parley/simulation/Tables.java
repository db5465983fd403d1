package dev.parley.simulation;

import dev.parley.message.Blob;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.StoreException;
import dev.parley.turn.Deployments;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is durable: outlives every boot. Each batch is written whole or not at all. */
final class Tables {
  final Map<Digest, IdentityRow> identities = new HashMap<>();
  final SortedMap<MessageId, MessageRow> messages = new TreeMap<>();
  final SortedMap<InstanceId, InstanceRow> instances = new TreeMap<>();
  final Set<SubscriptionRow> subscriptions = new LinkedHashSet<>();
  final Map<Digest, InstanceId> keys = new LinkedHashMap<>();
  final Set<WaitingRow> waiting = new LinkedHashSet<>();
  final Set<TimerRow> timers = new LinkedHashSet<>();
  final SortedMap<MessageId, OutboxRow> outbox = new TreeMap<>();
  final SortedMap<Long, HistoryRow> history = new TreeMap<>();
  final SortedMap<Long, IncidentRow> incidents = new TreeMap<>();
  final SortedMap<Long, DeploymentRow> deployments = new TreeMap<>();
  final SortedMap<MessageId, DeadLetterRow> deadLetters = new TreeMap<>();
  final Set<MessageId> onceCollected = new LinkedHashSet<>();
  final CommitLog log = new CommitLog();
  int boots;
  private Deployments deployed = Deployments.NONE;
  private int deployedRows;

  /** Written to before these; where it refuses, nothing is written here. */
  Consumer<Batch> first = _ -> {};

  /** Every version that was ever deployed. */
  Deployments deployed() {
    if (deployedRows != deployments.size()) {
      deployedRows = deployments.size();
      deployed = Models.deployments(deployments.values());
    }
    return deployed;
  }

  /** Throws StoreException where a row is there already, or an instance's version is another. */
  void write(Batch batch) {
    first.accept(batch);
    check(batch);
    batch.newMessages().forEach(r -> messages.put(r.id(), r));
    batch.changedMessages().forEach(this::change);
    batch.changedMessages().stream()
        .filter(r -> r.state() == MessageState.COLLECTED || r.state() == MessageState.REFUSED)
        .forEach(r -> onceCollected.add(r.id()));
    batch.identities().forEach(r -> identities.put(r.identity(), r));
    batch.newInstances().forEach(r -> instances.put(r.id(), r));
    batch.changedInstances().forEach(this::change);
    batch.goneSubscriptions().forEach(subscriptions::remove);
    subscriptions.addAll(batch.newSubscriptions());
    batch.keys().forEach(r -> keys.put(r.key(), r.instance()));
    batch.goneWaiting().forEach(waiting::remove);
    waiting.addAll(batch.newWaiting());
    batch.goneTimers().forEach(timers::remove);
    timers.addAll(batch.newTimers());
    batch.newOutbox().forEach(r -> outbox.put(r.id(), r));
    batch.changedOutbox().forEach(this::change);
    batch.history().forEach(r -> history.put(r.id(), r));
    batch.incidents().forEach(this::raise);
    batch.deployments().forEach(r -> deployments.put(r.id(), r));
    batch.goneDeadLetters().forEach(id -> deadLetters.remove(id));
    batch.newDeadLetters().forEach(r -> deadLetters.put(r.message(), r));
    log.written(batch);
  }

  private void check(Batch batch) {
    absent(batch.newMessages(), MessageRow::id, messages.keySet());
    absent(batch.identities(), r -> r.identity(), identities.keySet());
    absent(batch.newInstances(), InstanceRow::id, instances.keySet());
    absent(batch.newOutbox(), OutboxRow::id, outbox.keySet());
    absent(batch.history(), HistoryRow::id, history.keySet());
    absent(batch.deployments(), DeploymentRow::id, deployments.keySet());
    absent(batch.newSubscriptions(), r -> r, without(subscriptions, batch.goneSubscriptions()));
    absent(batch.newWaiting(), r -> r, without(waiting, batch.goneWaiting()));
    absent(batch.newTimers(), r -> r, without(timers, batch.goneTimers()));
    var created = new HashMap<InstanceId, InstanceRow>();
    batch.newInstances().forEach(r -> created.put(r.id(), r));
    for (var row : batch.changedInstances()) {
      var stored = instances.getOrDefault(row.id(), created.get(row.id()));
      if (stored == null || stored.version() != row.version() - 1) {
        throw StoreException.lostRace("Instance " + row.id() + " was changed meanwhile.");
      }
    }
  }

  private static <R> Set<R> without(Set<R> rows, List<R> gone) {
    if (gone.isEmpty()) {
      return rows;
    }
    var rest = new HashSet<>(rows);
    gone.forEach(rest::remove);
    return rest;
  }

  private static <R, K> void absent(List<R> rows, Function<R, K> key, Collection<K> present) {
    var seen = new HashSet<K>();
    for (var row : rows) {
      if (present.contains(key.apply(row)) || !seen.add(key.apply(row))) {
        throw StoreException.lostRace("A row of the batch is there already: " + row);
      }
    }
  }

  private void change(MessageRow to) {
    messages.computeIfPresent(
        to.id(),
        (_, row) ->
            new MessageRow(
                row.message(),
                to.state(),
                to.exchange(),
                to.instance(),
                to.boot(),
                to.answer(),
                to.expiresAt()));
  }

  private void change(InstanceRow to) {
    instances.computeIfPresent(
        to.id(),
        (_, row) -> {
          var items = new HashMap<Long, Blob>(row.items());
          items.putAll(to.items());
          items.values().removeIf(Blob::isEmpty);
          return new InstanceRow(
              to.id(), to.definition(), to.version(), to.status(), to.state(), items, to.history());
        });
  }

  private void change(OutboxRow to) {
    outbox.computeIfPresent(
        to.id(),
        (_, row) ->
            new OutboxRow(
                row.message(),
                row.instance(),
                to.token(),
                row.endpoint(),
                row.policy(),
                to.state(),
                to.attempts(),
                to.nextAttempt(),
                to.lastError(),
                to.replayedAt(),
                to.gateway()));
  }

  private void raise(IncidentRow to) {
    incidents.merge(
        to.id(),
        to,
        (row, _) ->
            new IncidentRow(
                row.id(), row.instance(), row.node(), row.kind(), row.text(), row.at(), to.open()));
  }
}
