package dev.parley.simulation;

import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.WaitingRow;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

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
}
