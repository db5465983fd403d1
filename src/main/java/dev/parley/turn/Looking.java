package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.CollectionReason;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A message that waits is looked at again: under which keys it waits, and whether it must. */
final class Looking {
  private final Journey journey;
  private final UnitOfWork work;

  Looking(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
  }

  void look(MessageId id) {
    // One that is for an instance already has nobody else to wait for.
    work.message(id)
        .filter(row -> row.state() == MessageState.WAITING && row.instance() == null)
        .ifPresent(this::look);
  }

  private void look(MessageRow row) {
    if (journey.queue().isHopeless(row)) {
      return;
    }
    var message = row.message();
    var versions = journey.deployments().versions(message.process());
    if (versions.isEmpty()) {
      return;
    }
    var arrival = new TurnInput.Arrival(message, List.of(), 0, KeySet.NONE);
    var incoming = new Incoming(arrival, message, versions);
    waitEverywhere(incoming).forEach(this::takeWaiting);
    work.message(row.id())
        .filter(r -> r.state() == MessageState.WAITING && r.expiresAt() == null)
        .filter(_ -> hasEnded(incoming))
        .ifPresent(
            r -> {
              var ended = QueueFaults.ended(incoming.keys().getFirst());
              journey.queue().collect(r, CollectionReason.CONVERSATION_ENDED, ended);
            });
  }

  /** Under every key that a version finds in it; the instances whose receives it may be for. */
  private Set<InstanceId> waitEverywhere(Incoming incoming) {
    var waitFor = new LinkedHashSet<InstanceId>();
    for (var digest : incoming.digests()) {
      var waiting =
          new WaitingRow(Subscriptions.slot(incoming.name(), digest), incoming.message().id());
      if (!work.waitingUnder(digest).contains(waiting)) {
        work.mark(waiting, true);
      }
      work.subscriptions(waiting.slot()).stream()
          .map(SubscriptionRow::instance)
          .forEach(waitFor::add);
    }
    return waitFor;
  }

  /** Whether nobody lives any more who held one of its keys. */
  private boolean hasEnded(Incoming incoming) {
    var holders =
        incoming.digests().stream()
            .flatMap(d -> work.holder(d).stream())
            .flatMap(id -> work.instance(id).stream())
            .toList();
    boolean starts = incoming.latest().startFor(incoming.name()).isPresent();
    return !starts && !holders.isEmpty() && holders.stream().noneMatch(h -> h.instance().isLive());
  }

  private void takeWaiting(InstanceId id) {
    work.instance(id)
        .map(View.Loaded::instance)
        .filter(ProcessInstance::isLive)
        .map(journey::fireDueTimers)
        .filter(ProcessInstance::isLive)
        .ifPresent(journey::takeWaiting);
  }
}
