package dev.parley.engine;

import dev.parley.deployment.ActivityData;
import dev.parley.deployment.Element;
import dev.parley.deployment.Expected;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.InstanceId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Activities with data inputs and outputs of their own: scripts, what a person does, what another
 * process does (BPMN 2.0.2, clauses 10.3.3, 10.3.4 and 10.3.6).
 */
final class Activities {
  private Activities() {}

  /** A script task does itself, at once. */
  static void compute(Execution execution, Place place, Element.ScriptTask task) {
    var given = execution.data().given(place.scope(), task.inputs());
    var environment = new DataScope(execution, place.scope(), null, given);
    var value = execution.computed(() -> task.script().evaluate(environment));
    execution.data().keep(place.scope(), value, task.results());
    execution.leave(place);
  }

  static void await(Execution execution, Place place, Element.UserTask task) {
    var data = execution.data().given(place.scope(), task.data().inputs());
    var since = execution.moment().now();
    execution.await(place, () -> new Waiting.ForCompletion(since, data));
  }

  static void call(Execution execution, Place place, Element.CallActivity call) {
    var data = execution.data().given(place.scope(), call.data().inputs());
    int token =
        execution.await(
            place, () -> new Waiting.ForCall(new InstanceId(execution.moment().ids().getAsLong())));
    if (execution.state().token(token).orElseThrow().waiting()
        instanceof Waiting.ForCall(var called)) {
      execution.emit(new Effect.Call(called, call.process(), call.version(), data));
    }
  }

  /** What became of the process that a token called. */
  static void heard(Execution execution, Token token, Input.CallOutcome outcome) {
    switch (outcome) {
      case Input.Returned(var _, var data) -> end(execution, token, data);
      case Input.CallFailed(var _, var error) ->
          Sending.fail(
              execution, token, BpmnError.of(error.name(), error.reason(), error.detail()));
      case Input.CallRefused(var _, boolean unfit, var reason) -> {
        var code = unfit ? BpmnError.INVALID_DATA : BpmnError.CALL_FAILED;
        Sending.fail(execution, token, new BpmnError(code, reason));
      }
      case Input.CallEndless _ ->
          Failing.uncaught(
              execution,
              execution.place(token).node(),
              new BpmnError(
                  BpmnError.ENDLESS_LOOP, "Processes call each other again and again in one turn"));
      case Input.CallEscalated(var _, var code, var data) ->
          Escalating.rise(execution, token, code.isEmpty() ? null : code, data);
    }
  }

  /** It has been done, and gives its data by name; a called process may give more than is kept. */
  static void end(Execution execution, Token token, SortedMap<String, Value> given) {
    var place = execution.place(token);
    execution.state().remove(token);
    try {
      keep(execution, place, data(place.node().element()), given);
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  private static ActivityData data(Element element) {
    return switch (element) {
      case Element.UserTask(var data) -> data;
      case Element.CallActivity(var _, int _, var data) -> data;
      default -> throw new IllegalStateException("Nobody but the process itself does " + element);
    };
  }

  private static void keep(
      Execution execution, Place place, ActivityData data, SortedMap<String, Value> given) {
    var wanted = new TreeMap<>(given);
    var names = data.expected().stream().map(Expected::name).toList();
    wanted.keySet().retainAll(names);
    Expected.problem(data.expected(), wanted)
        .ifPresent(
            problem -> {
              throw new BpmnError(BpmnError.INVALID_DATA, problem);
            });
    for (var output : data.outputs()) {
      var value = wanted.get(output.expected().name());
      if (value != null) {
        execution.data().keep(place.scope(), value, output.keeps());
      }
    }
  }
}
