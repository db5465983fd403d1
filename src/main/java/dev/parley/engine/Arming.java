package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.ExecutableProcess.ScopeDefinition;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Listener;
import java.util.ArrayList;
import java.util.List;

/** Timers and listeners that begin together; computed first, since computing them may fail. */
record Arming(List<ArmedTimer> timers, List<Listener> listeners) {
  static final Arming NOTHING = new Arming(List.of(), List.of());

  /** What the boundary events of an activity wait for, for the token that does it. */
  static Arming boundary(Execution execution, Place place, int token) {
    var process = execution.process();
    var events = place.node().boundary().stream().map(process::node).toList();
    return events.isEmpty() ? NOTHING : of(execution, place.scope(), token, events);
  }

  /** What starts the event sub-processes of a scope. */
  static Arming eventSubProcesses(Execution execution, int scope, ScopeDefinition definition) {
    var starts = definition.eventStarts().stream().map(execution.process()::node).toList();
    return starts.isEmpty() ? NOTHING : of(execution, scope, scope, starts);
  }

  /**
   * What some events wait for.
   *
   * @param scope whose data their timers see
   * @param owner token or scope that they belong to
   */
  static Arming of(Execution execution, int scope, int owner, List<Node> events) {
    var timers = new ArrayList<ArmedTimer>();
    var listeners = new ArrayList<Listener>();
    for (var event : events) {
      switch (event.element().trigger()) {
        case Trigger.Timer timer -> timers.add(Timing.armed(execution, scope, owner, event, timer));
        case Trigger.Message _, Trigger.Signal _, Trigger.Conditional _ ->
            listeners.add(listener(execution, owner, event));
        case Trigger.None _ when event.element() instanceof Element.ReceiveTask ->
            listeners.add(listener(execution, owner, event));
        case Trigger.None _, Trigger.Error _, Trigger.Escalation _, Trigger.Link _ -> {}
      }
    }
    return new Arming(timers, listeners);
  }

  private static Listener listener(Execution execution, int owner, Node event) {
    return new Listener(execution.state().nextNumber(), owner, event.index(), false);
  }

  void into(State state) {
    state.timers().addAll(timers);
    state.listeners().addAll(listeners);
  }
}
