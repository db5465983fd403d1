package dev.parley.engine;

import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.message.Body;

/** A signal, thrown here or in another instance, reaches who waits for it (clause 13.5.2). */
final class Signalling {
  private Signalling() {}

  static void take(Execution execution, Catch caught, Body data) {
    var event = execution.process().node(caught.node());
    if (event.element().trigger() instanceof Trigger.Signal(var _, var results)) {
      Events.happen(
          execution,
          Receiving.owner(execution, caught),
          event,
          scope -> execution.data().keep(scope, data, results));
    }
  }
}
