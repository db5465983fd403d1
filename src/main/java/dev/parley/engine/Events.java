package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Result;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.util.List;
import java.util.function.IntConsumer;

/** Events happen, and are brought about (BPMN 2.0.2, clauses 13.4.4 and 13.5). */
final class Events {
  private Events() {}

  /** A token comes to an intermediate catch event. */
  static void await(Execution execution, Place place, Trigger trigger) {
    switch (trigger) {
      case Trigger.Message _ -> execution.await(place, Waiting.ForMessage::new);
      case Trigger.Timer _, Trigger.Signal _, Trigger.Conditional _ -> {
        int token = execution.state().nextNumber();
        var armed = Arming.of(execution, place.scope(), token, List.of(place.node()));
        awaitArmed(execution, place, token, armed);
      }
      // Where a link leads, a token only passes.
      case Trigger.None _, Trigger.Link _, Trigger.Error _, Trigger.Escalation _ ->
          execution.leave(place);
    }
  }

  /** A token comes to an event-based gateway (clause 13.4.4): the first event takes it. */
  static void awaitOne(Execution execution, Place place) {
    int token = execution.state().nextNumber();
    var targets =
        place.node().branches().stream()
            .map(b -> execution.process().flows().get(b.flow()).target())
            .map(execution.process()::node)
            .toList();
    var armed = Arming.of(execution, place.scope(), token, targets);
    awaitArmed(execution, place, token, armed);
  }

  private static void awaitArmed(Execution execution, Place place, int token, Arming armed) {
    var state = execution.state();
    state.put(new Token(token, place.scope(), place.node().index(), new Waiting.ForEvents()));
    armed.into(state);
  }

  /**
   * What an event waited for has happened: it starts its event sub-process, leaves the activity it
   * is attached to, or goes on.
   *
   * @param owner token or scope that it was armed for
   * @param taking what came with it, into the scope given
   */
  static void happen(Execution execution, int owner, Node event, IntConsumer taking) {
    execution.trace(event);
    var place = new Place(scopeOf(execution, owner), event);
    try {
      place = new Place(reached(execution, owner, event), event);
      Exchanges.reached(execution, place);
      taking.accept(place.scope());
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  /** The scope of a token, or the scope itself. */
  static int scopeOf(Execution execution, int owner) {
    return execution.state().token(owner).map(Token::scope).orElse(owner);
  }

  /** The scope in which the token goes on. */
  private static int reached(Execution execution, int owner, Node event) {
    return switch (event.element()) {
      case Element.StartEvent start ->
          SubProcesses.trigger(execution, owner, event, start.isInterrupting());
      case Element.BoundaryEvent(int _, boolean cancelActivity, var _) -> {
        var token = execution.state().token(owner).orElseThrow();
        if (cancelActivity) {
          Cancelling.cancel(execution, token);
        }
        yield token.scope();
      }
      default -> {
        var token = execution.state().token(owner).orElseThrow();
        Cancelling.giveUp(execution, token);
        execution.state().remove(token);
        yield token.scope();
      }
    };
  }

  /** A throwing or end event; after an end event no flow goes on. */
  static void bringAbout(Execution execution, Place place, Result result) {
    switch (result) {
      case Result.None _ -> execution.leave(place);
      case Result.Message(var interaction) -> Sending.perform(execution, place, interaction);
      case Result.Error(var code, var data) -> {
        var body = data == null ? null : Sending.build(execution, place.scope(), data);
        throw new BpmnError(code, "The process ended with the error " + code.getLocalPart(), body);
      }
      case Result.Escalation(var code, var data) -> {
        var body = Sending.build(execution, place.scope(), data);
        Escalating.escalate(execution, place.scope(), code, body);
        if (goesOn(execution, place.scope())) {
          execution.leave(place);
        }
      }
      case Result.Signal(var name, var data) -> {
        var body = Sending.build(execution, place.scope(), data);
        execution.emit(new Effect.Signal(name, body));
        execution.leave(place);
      }
      case Result.Link(int target) ->
          execution.goTo(place.at(execution.process().node(target)), -1);
      case Result.Terminate _ -> terminate(execution, place.scope());
    }
  }

  /** Whether nothing that caught an escalation has ended the scope it was thrown in. */
  private static boolean goesOn(Execution execution, int scope) {
    return execution.state().hasScope(scope)
        && execution.state().scope(scope).state() == Scope.State.ACTIVE;
  }

  /** Everything in the process, or in the sub-process that the event is in (clause 13.5.6). */
  private static void terminate(Execution execution, int scope) {
    if (execution.state().scope(scope).isRoot()) {
      execution.end(Status.TERMINATED);
    } else {
      Cancelling.cancelContent(execution, scope);
    }
  }
}
