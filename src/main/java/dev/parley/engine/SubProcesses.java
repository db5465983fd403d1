package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Waiting;

/** Embedded and event sub-processes (BPMN 2.0.2, clauses 13.3.4 and 13.5.4). */
final class SubProcesses {
  private SubProcesses() {}

  static void enter(Execution execution, Place place, Element.SubProcess sub) {
    int token = execution.await(place, Waiting.ForScope::new);
    execution.orCancel(
        token,
        () -> {
          var scope = open(execution, sub.scope(), place.scope(), token, 0);
          for (int start : execution.process().scope(sub.scope()).starts()) {
            execution.goTo(new Place(scope.id(), execution.process().node(start)), -1);
          }
        });
  }

  /** A new scope, whose event sub-processes can be triggered from now on. */
  static LiveScope open(Execution execution, int definition, int parent, int owner, int round) {
    var state = execution.state();
    var scope = LiveScope.opened(state.nextNumber(), definition, parent, owner, round);
    state.put(scope);
    try {
      arm(execution, scope);
    } catch (BpmnError error) {
      state.remove(scope);
      throw error;
    }
    return scope;
  }

  /** What triggers the event sub-processes of a scope is waited for. */
  static void arm(Execution execution, LiveScope scope) {
    var definition = execution.process().scope(scope.definition());
    Arming.eventSubProcesses(execution, scope.id(), definition).into(execution.state());
  }

  /**
   * An event sub-process begins; an interrupting one ends everything else in its scope.
   *
   * @return number of the scope it runs in
   */
  static int trigger(Execution execution, int scope, Node start, boolean interrupts) {
    if (interrupts) {
      Cancelling.cancelContent(execution, scope);
      execution.state().scope(scope).state(Scope.State.INTERRUPTED);
    }
    return open(execution, start.scope(), scope, 0, 0).id();
  }
}
