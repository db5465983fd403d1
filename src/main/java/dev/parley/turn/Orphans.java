package dev.parley.turn;

import dev.parley.deployment.Element.CallActivity;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Store;
import java.util.Collection;
import java.util.List;

/** Queued messages that no version of their process takes any more that may still run. */
final class Orphans {
  private final Store store;

  Orphans(Store store) {
    this.store = store;
  }

  /** So many of them; empty where there are none. */
  List<MessageId> some(Collection<QueueRow> queues, Deployments deployments, int most) {
    return queues.stream()
        .filter(q -> q.messages() > 0)
        .map(QueueRow::name)
        .filter(q -> !isTaken(q, deployments))
        .flatMap(q -> store.firstWaiting(q, most).stream())
        .limit(most)
        .toList();
  }

  private boolean isTaken(QueueName queue, Deployments deployments) {
    var name = new MessageName(queue.operation(), queue.kind());
    var versions = deployments.versions(queue.process());
    var taking = versions.stream().filter(v -> v.receives(name)).toList();
    return !taking.isEmpty()
        && (taking.getFirst().equals(versions.getFirst())
            || taking.stream().anyMatch(v -> isCalled(v, deployments))
            || !store.live(taking.stream().map(ProcessVersion::definition).toList()).isEmpty());
  }

  /** A call activity may name an older version than the latest. */
  private static boolean isCalled(ProcessVersion version, Deployments deployments) {
    return deployments.all().stream()
        .flatMap(caller -> caller.process().nodes().stream())
        .anyMatch(
            n ->
                n.element() instanceof CallActivity(var process, int number, var _)
                    && process.equals(version.process().key())
                    && number == version.version());
  }
}
