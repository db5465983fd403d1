package dev.parley.simulation;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether a real store answers as the tables do, whatever it was ever told of. */
final class StoreComparison {
  private static final int SOME = 5;

  private final Set<Slot> slots = new LinkedHashSet<>();
  private final Set<Digest> keys = new LinkedHashSet<>();
  private final Set<Digest> identities = new LinkedHashSet<>();

  /** What the batch speaks of is compared from now on, gone or not. */
  void remember(Batch batch) {
    batch.newSubscriptions().stream().map(SubscriptionRow::slot).forEach(slots::add);
    batch.newWaiting().stream().map(WaitingRow::slot).forEach(slots::add);
    batch.keys().stream().map(KeyRow::key).forEach(keys::add);
    slots.stream().map(Slot::key).forEach(keys::add);
    batch.identities().forEach(i -> identities.add(i.identity()));
  }

  /** Throws {@link Violation} where it does not. */
  void check(Tables tables, Store real) {
    var simulated = SimulatedStore.over(tables, real.bootId());
    var now = Agenda.BEGIN.plus(World.TROUBLE);
    same("subscriptions", simulated.subscriptions(slots), real.subscriptions(slots));
    same("keys", simulated.keys(keys), real.keys(keys));
    same("identities", simulated.identities(identities), real.identities(identities));
    same(
        "messages",
        simulated.messages(tables.messages.keySet()),
        real.messages(tables.messages.keySet()));
    same(
        "instances",
        simulated.instances(tables.instances.keySet()),
        real.instances(tables.instances.keySet()));
    tables.instances.keySet().stream()
        .limit(SOME)
        .forEach(i -> same("history", simulated.history(i), real.history(i)));
    same("incidents", simulated.incidents(SOME), real.incidents(SOME));
    same("counts", simulated.counts(), real.counts());
    checkQueues(simulated, real, now);
    same(
        "dead letters",
        simulated.deadLetters(tables.messages.keySet()),
        real.deadLetters(tables.messages.keySet()));
    checkOverview(simulated, real);
    same("outbox", simulated.outbox(tables.outbox.keySet()), real.outbox(tables.outbox.keySet()));
  }

  private void checkQueues(Store simulated, Store real, Instant now) {
    same("waiting", simulated.waiting(slots, 2), real.waiting(slots, 2));
    sameInAnyOrder("waiting under a key", simulated.waitingUnder(keys), real.waitingUnder(keys));
    sameInAnyOrder("queues", simulated.queues(), real.queues());
    for (var queue : simulated.queues()) {
      var name = queue.name();
      same("first waiting", simulated.firstWaiting(name, 2), real.firstWaiting(name, 2));
    }
    sameInAnyOrder("expired", simulated.expired(now, SOME), real.expired(now, SOME));
    same("timers", simulated.dueTimers(now, SOME), real.dueTimers(now, SOME));
    same("due outbox", simulated.dueOutbox(now, SOME), real.dueOutbox(now, SOME));
  }

  private static void checkOverview(Store simulated, Store real) {
    var first = new MessageId(0);
    same(
        "pages of dead letters",
        simulated.deadLetters(DeadLetterFilter.ALL, first, SOME),
        real.deadLetters(DeadLetterFilter.ALL, first, SOME));
    same(
        "pages of the queue",
        simulated.queued(QueueFilter.ALL, first, SOME),
        real.queued(QueueFilter.ALL, first, SOME));
    sameInAnyOrder("counts of the queue", simulated.queueCounts(), real.queueCounts());
    same(
        "live instances",
        simulated.liveInstances(1, new InstanceId(0), SOME),
        real.liveInstances(1, new InstanceId(0), SOME));
  }

  private static void sameInAnyOrder(String what, List<?> expected, List<?> found) {
    same(what, expected.size(), found.size());
    same(what, new HashSet<>(expected), new HashSet<>((Collection<?>) found));
  }

  private static void same(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new Violation(
          "the store holds what was committed",
          what,
          "Expected %s, found %s".formatted(expected, found));
    }
  }
}
