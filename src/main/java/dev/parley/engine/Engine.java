package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves tokens (BPMN 2.0.2, clause 13). Pure: the same process, instance, input and moment give the
 * same step, byte for byte.
 */
public final class Engine {

  /** The first step of a new instance. */
  public Step start(
      ExecutableProcess process, InstanceId id, int definition, Input input, Moment moment) {
    return step(process, unborn(id, definition), input, moment);
  }

  /**
   * The next step. An input for what no longer waits changes nothing but the version: it was late,
   * and whoever sent it need not know.
   */
  public Step step(
      ExecutableProcess process, ProcessInstance instance, Input input, Moment moment) {
    var execution = new Execution(process, instance, moment);
    var suspension = instance.suspension();
    if (suspension != null && !(input instanceof Input.Cancelled)) {
      Suspending.meet(execution, suspension, input);
    } else if (instance.isLive()) {
      apply(execution, instance, input);
      execution.run();
      Exchanges.settle(execution);
      ContextKeys.compute(execution);
    }
    return execution.toStep();
  }

  /** Before its first step. */
  static ProcessInstance unborn(InstanceId id, int definition) {
    var root =
        new Scope(
            ProcessInstance.ROOT, 0, -1, 0, 0, Scope.State.ACTIVE, KeySet.NONE, Map.of(), Map.of());
    return new ProcessInstance(
        id,
        definition,
        0,
        ProcessInstance.Status.LIVE,
        0,
        List.of(root),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static void apply(Execution execution, ProcessInstance instance, Input input) {
    switch (input) {
      case Input.Started(int node, var message, var keys) ->
          Receiving.start(execution, node, message, keys);
      case Input.Begun(int node, var data, var caller) -> {
        execution.state().caller(caller);
        Receiving.begin(execution, node, data);
      }
      case Input.Received(int id, var message, var keys) ->
          instance.catchOf(id).ifPresent(c -> Receiving.take(execution, c, message, keys));
      case Input.Signalled(int id, var data) ->
          instance.catchOf(id).ifPresent(c -> Signalling.take(execution, c, data));
      case Input.TimerDue(int id) -> instance.timer(id).ifPresent(t -> Timing.fire(execution, t));
      case Input.Outcome outcome -> {
        Responses.heard(execution, outcome);
        waitingFor(instance, outcome.sent()).ifPresent(t -> Sending.heard(execution, t, outcome));
      }
      case Input.Completed(int token, var data) ->
          completing(instance, token).ifPresent(t -> Activities.end(execution, t, data));
      case Input.CallOutcome outcome ->
          calling(instance, outcome.called())
              .ifPresent(t -> Activities.heard(execution, t, outcome));
      case Input.Suspended _ -> Suspending.begin(execution);
      case Input.Resumed _ -> {}
      case Input.Cancelled _ -> {
        execution.state().caller(null);
        execution.end(ProcessInstance.Status.TERMINATED);
      }
    }
  }

  private static Optional<Token> completing(ProcessInstance instance, int id) {
    return instance.token(id).filter(t -> t.waiting() instanceof Waiting.ForCompletion);
  }

  private static Optional<Token> calling(ProcessInstance instance, InstanceId called) {
    return instance.tokens().stream()
        .filter(t -> t.waiting().equals(new Waiting.ForCall(called)))
        .findFirst();
  }

  private static Optional<Token> waitingFor(ProcessInstance instance, MessageId sent) {
    return instance.tokens().stream().filter(t -> sent.equals(awaited(t))).findFirst();
  }

  /**
   * The sent message that a token waits for; a number no message has where it waits for something
   * else.
   */
  static MessageId awaited(Token token) {
    return switch (token.waiting()) {
      case Waiting.ForAnswer(var sent) -> sent;
      case Waiting.ForCallback(var sent) -> sent;
      case Waiting.ForDelivery(var sent) -> sent;
      case Waiting.ForMessage _,
          Waiting.ForEvents _,
          Waiting.ForBranches _,
          Waiting.ForScope _,
          Waiting.ForCompletion _,
          Waiting.ForCall _,
          Waiting.ForRounds _ ->
          NONE;
    };
  }

  static final MessageId NONE = new MessageId(0);
}
