package dev.parley.turn;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Store;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What another gateway committed at the same moment, and neither saw: a message that waits for a
 * receive that has opened, or for a conversation that has ended. Both commit before either looks,
 * so at least one of them finds it.
 */
final class SecondLook {
  private static final int EACH = 100;

  private final Store store;
  private final Deployments deployments;

  SecondLook(Store store, Deployments deployments) {
    this.store = store;
    this.deployments = deployments;
  }

  /** Messages that may wait for nothing any more, now that the batch is committed. */
  Set<MessageId> after(Batch batch, UnitOfWork work) {
    var found = new LinkedHashSet<MessageId>();
    batch.newWaiting().stream().map(WaitingRow::message).forEach(found::add);
    var opened = batch.newSubscriptions().stream().map(SubscriptionRow::slot).distinct().toList();
    if (!opened.isEmpty()) {
      store.waiting(opened, EACH).forEach(w -> found.add(w.message()));
    }
    var ended = ended(batch, work);
    if (!ended.isEmpty()) {
      store.waitingUnder(ended).forEach(w -> found.add(w.message()));
    }
    return found;
  }

  /** The keys of the conversations that ended with it. */
  private Set<Digest> ended(Batch batch, UnitOfWork work) {
    var keys = new LinkedHashSet<Digest>();
    batch.changedInstances().stream()
        .filter(row -> row.status() != InstanceStatus.LIVE)
        .map(InstanceRow::id)
        .forEach(
            id -> {
              var instance = work.instance(id).orElseThrow().instance();
              var process = deployments.process(instance);
              instance.scopes().forEach(s -> keys.addAll(Subscriptions.digests(process, s.keys())));
            });
    return keys;
  }
}
