package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Digest;
import java.util.Optional;

/** Who has a correlation key: a key's row names its last holder, which may have it no more. */
final class Keeping {
  private Keeping() {}

  /** The running instance that holds a key now. */
  static Optional<ProcessInstance> keeper(Journey journey, Digest key) {
    return journey
        .work()
        .holder(key)
        .flatMap(journey.work()::instance)
        .map(View.Loaded::instance)
        .filter(ProcessInstance::isLive)
        .filter(i -> holds(journey.deployments().process(i), i, key));
  }

  static boolean holds(ExecutableProcess process, ProcessInstance instance, Digest key) {
    return instance.isLive() && Subscriptions.held(process, instance).contains(key);
  }

  /**
   * Whether a key was computed from data that has changed since: no conversation ended with it, so
   * that its value is as unknown as one that nobody has had.
   *
   * @param keys of a message that has this one
   */
  static boolean isForsaken(
      ExecutableProcess process, ProcessInstance instance, KeySet keys, Digest key) {
    return process.computedKeys().stream()
        .map(ExecutableProcess.Key::index)
        .filter(keys::has)
        .filter(k -> Subscriptions.digest(process, keys, k).equals(key))
        .anyMatch(_ -> !Subscriptions.digests(process, instance.keys()).contains(key));
  }
}
