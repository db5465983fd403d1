package dev.parley.turn;

import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;

/**
 * An operator suspends an instance and lets it go on: meanwhile its messages queue, its timers stay
 * armed, and everything else that comes is held in it. Doing either twice changes nothing.
 */
final class Suspending {
  private Suspending() {}

  static Answer suspend(Journey journey, InstanceId id) {
    return change(journey, id, false, new Input.Suspended());
  }

  static Answer resume(Journey journey, InstanceId id) {
    return change(journey, id, true, new Input.Resumed());
  }

  private static Answer change(Journey journey, InstanceId id, boolean from, Input input) {
    var loaded = journey.work().instance(id).map(View.Loaded::instance);
    if (loaded.isEmpty()) {
      return Answer.refused(
          FaultKind.UNKNOWN_CONVERSATION,
          "There is no instance %s".formatted(id),
          "Correct the instance's number.");
    }
    var instance = loaded.get();
    if (!instance.isLive()) {
      return Answer.refused(
          FaultKind.TOO_LATE,
          "Instance %s has ended".formatted(id),
          "Only a running instance can be suspended.");
    }
    if (instance.isSuspended() == from) {
      journey.step(instance, input);
    }
    return Answer.ACCEPTED;
  }

  static Fault.Gateway suspended(ProcessInstance instance) {
    return Fault.of(
        FaultKind.SUSPENDED,
        "An operator has suspended instance %s".formatted(instance.id()),
        "Send it again when the instance goes on.");
  }
}
