package dev.parley.simulation;

import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many rows of each kind there are. */
final class Counts {
  private Counts() {}

  static SortedMap<String, Long> of(Tables tables) {
    var counts = new TreeMap<String, Long>();
    counts.put(
        "liveInstances", count(tables.instances.values(), i -> i.status() == InstanceStatus.LIVE));
    counts.put("instances", (long) tables.instances.size());
    counts.put(
        "waitingMessages", tables.waiting.stream().map(WaitingRow::message).distinct().count());
    counts.put("messages", (long) tables.messages.size());
    counts.put("identities", (long) tables.identities.size());
    counts.put("subscriptions", (long) tables.subscriptions.size());
    counts.put("keys", (long) tables.keys.size());
    counts.put("timers", (long) tables.timers.size());
    counts.put(
        "pendingOutbox", count(tables.outbox.values(), o -> o.state() == OutboxState.PENDING));
    counts.put("outbox", (long) tables.outbox.size());
    counts.put("turns", (long) tables.history.size());
    counts.put("openIncidents", count(tables.incidents.values(), IncidentRow::open));
    counts.put("deployments", (long) tables.deployments.size());
    counts.put("deadLetters", (long) tables.deadLetters.size());
    return counts;
  }

  private static <R> long count(Collection<R> rows, Predicate<R> which) {
    return rows.stream().filter(which).count();
  }

  static Stream<MessageRow> waiting(Tables tables) {
    return tables.messages.values().stream().filter(m -> m.state() == MessageState.WAITING);
  }

  /** What waits, added up. */
  static List<QueueRow> queues(Tables tables) {
    return waiting(tables).collect(Collectors.groupingBy(MessageRow::queue)).entrySet().stream()
        .map(e -> new QueueRow(e.getKey(), e.getValue().size(), bytes(e.getValue())))
        .toList();
  }

  private static long bytes(List<MessageRow> rows) {
    return rows.stream().mapToLong(m -> m.message().body().length()).sum();
  }
}
