package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Listener;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Status;
import java.util.List;

/**
 * What follows when no token moves: responses that met their receive, joins, conditions that have
 * become true, scopes that end.
 */
final class Settling {
  private Settling() {}

  /** Whether anything followed. */
  static boolean settle(Execution execution) {
    return Responses.meet(execution)
        || joinInclusive(execution)
        || conditionHolds(execution)
        || scopeEnds(execution);
  }

  private static boolean joinInclusive(Execution execution) {
    for (var token : execution.state().tokens()) {
      var place = execution.place(token);
      if (place.node().element() instanceof Element.InclusiveGateway) {
        var waiting = Gateways.waiting(execution, place);
        if (Gateways.isComplete(execution, place, waiting)) {
          waiting.values().forEach(execution.state()::remove);
          leave(execution, place);
          return true;
        }
      }
    }
    return false;
  }

  private static void leave(Execution execution, Place place) {
    try {
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  private static boolean conditionHolds(Execution execution) {
    var state = execution.state();
    for (var listener : List.copyOf(state.listeners())) {
      var event = execution.process().node(listener.node());
      if (event.element().trigger() instanceof Trigger.Conditional(var condition)) {
        int scope = Events.scopeOf(execution, listener.owner());
        boolean holds;
        try {
          holds = execution.holds(condition, scope);
        } catch (BpmnError error) {
          state.listeners().remove(listener);
          Failing.raise(execution, new Place(scope, event), error);
          return true;
        }
        if (holds != listener.held()) {
          state.listeners().remove(listener);
          state
              .listeners()
              .add(new Listener(listener.id(), listener.owner(), listener.node(), holds));
        }
        if (holds && !listener.held()) {
          Events.happen(execution, listener.owner(), event, _ -> {});
          return true;
        }
      }
    }
    return false;
  }

  /** The newest scope first: one that ends may let the one around it end. */
  private static boolean scopeEnds(Execution execution) {
    for (var scope : execution.state().scopes().reversed()) {
      if (scope.state() != Scope.State.ENDED && isEmpty(execution, scope)) {
        end(execution, scope);
        return true;
      }
      complete(execution, scope);
    }
    return false;
  }

  /** Clause 13.3.2: when its own work is done, running handlers end and no new ones begin. */
  private static void complete(Execution execution, LiveScope scope) {
    if (scope.state() == Scope.State.ACTIVE && hasNoToken(execution, scope)) {
      scope.state(Scope.State.INTERRUPTED);
      execution.state().timers().removeIf(t -> t.owner() == scope.id());
      execution.state().listeners().removeIf(l -> l.owner() == scope.id());
    }
  }

  private static boolean hasNoToken(Execution execution, LiveScope scope) {
    return execution.state().tokens().stream().noneMatch(t -> t.scope() == scope.id());
  }

  private static boolean isEmpty(Execution execution, LiveScope scope) {
    return hasNoToken(execution, scope)
        && execution.state().scopes().stream().noneMatch(s -> s.parent() == scope.id());
  }

  private static void end(Execution execution, LiveScope scope) {
    var owner = execution.state().token(scope.owner());
    if (scope.isRoot()) {
      execution.end(Status.COMPLETED);
    } else if (owner.isEmpty()) {
      execution.state().remove(scope);
    } else if (scope.round() > 0) {
      Loops.ended(execution, scope, owner.get());
    } else {
      execution.state().remove(scope);
      execution.complete(owner.get());
    }
  }
}
