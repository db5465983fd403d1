package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.QueuePolicy.HeldKey;
import dev.parley.engine.Input;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;

/**
 * Starting messages that wait until nobody holds their keys any more ({@code onHeldKey="queue"}):
 * the oldest begins in the turn in which the key becomes free, the next one waits for its end.
 */
final class Successors {
  private final Journey journey;
  private final Queue queue;
  private final ArrayDeque<Digest> freed = new ArrayDeque<>();

  Successors(Journey journey, Queue queue) {
    this.journey = journey;
    this.queue = queue;
  }

  /** Whether a message that waits is one that will start an instance. */
  static boolean isOne(Deployments deployments, Message message) {
    return version(deployments, message).isPresent();
  }

  private static Optional<ProcessVersion> version(Deployments deployments, Message message) {
    var name = MessageName.of(message);
    return deployments
        .latest(message.process())
        .filter(v -> v.startFor(name).isPresent())
        .filter(v -> v.policy(name).onHeldKey() == HeldKey.QUEUE);
  }

  /** A key that an instance held until now. */
  void free(Digest key) {
    freed.add(key);
  }

  /** Whether a key was looked at; whatever begins may end and free it again. */
  boolean deliver() {
    var key = freed.poll();
    if (key == null) {
      return false;
    }
    journey.work().waitingUnder(key).stream()
        .sorted(Comparator.comparing(WaitingRow::message))
        .flatMap(w -> journey.work().message(w.message()).stream())
        .filter(this::canBegin)
        .findFirst()
        .ifPresent(this::begin);
    return true;
  }

  private boolean canBegin(MessageRow row) {
    var message = row.message();
    if (!isOne(journey.deployments(), message) || !queue.isFresh(row)) {
      return false;
    }
    boolean free =
        journey.deployments().versions(message.process()).stream()
            .map(ProcessVersion::process)
            .flatMap(p -> Subscriptions.digests(p, Subscriptions.keys(p, message)).stream())
            .allMatch(d -> Keeping.keeper(journey, d).isEmpty());
    return free && !queue.isHopeless(row);
  }

  private void begin(MessageRow row) {
    var message = row.message();
    var version = version(journey.deployments(), message).orElseThrow();
    var name = MessageName.of(message);
    var id = new InstanceId(journey.given().nextId());
    queue.consume(row, id);
    journey.begin(
        version,
        id,
        new Input.Started(
            version.startFor(name).orElseThrow(),
            message,
            Subscriptions.keys(version.process(), message)));
  }
}
