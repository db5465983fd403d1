package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.Interaction.Invoke;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Token;

/** Service tasks whose answer comes as a message of its own. */
final class Callbacks {
  private Callbacks() {}

  /** The wait for the callback has an end, where the task says so. */
  static void bound(Execution execution, Place place, int token, Invoke invoke) {
    var within = invoke.answerWithin();
    if (within != null) {
      int id = execution.state().nextNumber();
      var due = execution.moment().now().plus(within);
      execution.state().timers().add(new ArmedTimer(id, token, place.node().index(), due, 0));
    }
  }

  /** The partner has the message; what its acknowledgement says may be what it will call by. */
  static void acknowledged(Execution execution, Token token, Input.Answered answered) {
    var place = execution.place(token);
    if (place.node().element() instanceof Element.ServiceTask(var invoke)) {
      var operation = invoke.operation();
      try {
        execution
            .data()
            .correlate(
                place.scope(),
                Sending.keysIn(
                    execution, operation, operation.pattern().answer(), answered.body()));
      } catch (BpmnError error) {
        Sending.fail(execution, token, error);
      }
    }
  }

  /** No callback came in time. */
  static void overdue(Execution execution, ArmedTimer timer) {
    execution
        .state()
        .token(timer.owner())
        .ifPresent(
            token -> {
              var place = execution.place(token);
              Cancelling.cancel(execution, token);
              Failing.raise(
                  execution,
                  place,
                  new BpmnError(
                      BpmnError.DELIVERY_TIMEOUT,
                      "No callback came to '%s' in time".formatted(place.id())));
            });
  }
}
