package dev.parley.turn;

import dev.parley.deployment.Expected;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;

/** Somebody completes a user task (BPMN 2.0.2, clause 10.3.4). */
final class Completing {
  private Completing() {}

  /** Refused where the task is unknown, done already, or given something else than it expects. */
  static Answer decide(Journey journey, TurnInput.Complete complete) {
    var loaded =
        journey
            .work()
            .instance(complete.instance())
            .map(View.Loaded::instance)
            .map(i -> i.isLive() ? journey.fireDueTimers(i) : i);
    var token =
        loaded
            .flatMap(i -> i.token(complete.token()))
            .filter(t -> t.waiting() instanceof Waiting.ForCompletion);
    if (token.isEmpty()) {
      return gone(loaded.filter(i -> complete.token() <= i.counter()).isPresent());
    }
    var instance = loaded.orElseThrow();
    if (instance.isSuspended()) {
      return new Answer.Faulted(Suspending.suspended(instance));
    }
    var process = journey.deployments().process(instance);
    var problem = Expected.problem(UserTasks.expected(process, token.get()), complete.data());
    if (problem.isPresent()) {
      return Answer.refused(
          FaultKind.INVALID_MESSAGE, problem.get(), "Give the data outputs that the task has.");
    }
    journey.step(instance, new Input.Completed(complete.token(), complete.data()));
    return Answer.ACCEPTED;
  }

  private static Answer gone(boolean was) {
    return was
        ? Answer.refused(
            FaultKind.TOO_LATE,
            "The user task has been completed, or was given up",
            "List the tasks that wait.")
        : Answer.refused(
            FaultKind.UNKNOWN_CONVERSATION,
            "There is no such user task",
            "List the tasks that wait.");
  }
}
