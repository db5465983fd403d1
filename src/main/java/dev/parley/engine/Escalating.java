package dev.parley.engine;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.message.Body;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An escalation looks for who catches it, from the inside out (BPMN 2.0.2, clause 13.5.2). */
final class Escalating {
  private Escalating() {}

  /** What nobody catches has no effect. */
  static void escalate(Execution execution, int scope, @Nullable String code, Body data) {
    var at = execution.state().scope(scope);
    var process = execution.process();
    var starts = process.scope(at.definition()).eventStarts().stream().map(process::node);
    var handler =
        at.state() == Scope.State.ACTIVE ? catching(starts, code) : Optional.<Node>empty();
    if (handler.isPresent()) {
      happen(execution, scope, handler.get(), data);
      return;
    }
    var owner = execution.state().token(at.owner());
    if (at.isRoot()) {
      var told = new Input.CallEscalated(execution.before().id(), code == null ? "" : code, data);
      Ending.tellCaller(execution, told);
    } else if (owner.isPresent()) {
      rise(execution, owner.get(), code, data);
    } else {
      escalate(execution, at.parent(), code, data);
    }
  }

  /** Out of the activity that a token does. */
  static void rise(Execution execution, Token token, @Nullable String code, Body data) {
    var place = execution.place(token);
    var boundary =
        execution.state().isRound(place)
            ? Stream.<Node>empty()
            : place.node().boundary().stream().map(execution.process()::node);
    var caught = catching(boundary, code);
    if (caught.isPresent()) {
      happen(execution, token.id(), caught.get(), data);
    } else {
      escalate(execution, token.scope(), code, data);
    }
  }

  /** An event for this very code goes before one that catches every escalation. */
  private static Optional<Node> catching(Stream<Node> events, @Nullable String code) {
    var fitting = events.filter(e -> fits(e.element().trigger(), code)).toList();
    return fitting.stream()
        .filter(e -> ((Trigger.Escalation) e.element().trigger()).code() != null)
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  private static boolean fits(Trigger trigger, @Nullable String code) {
    return trigger instanceof Trigger.Escalation(var caught, var _)
        && (caught == null || caught.equals(code));
  }

  private static void happen(Execution execution, int owner, Node event, Body data) {
    var results = ((Trigger.Escalation) event.element().trigger()).results();
    Events.happen(execution, owner, event, scope -> execution.data().keep(scope, data, results));
  }
}
