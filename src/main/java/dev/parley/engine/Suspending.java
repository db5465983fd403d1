package dev.parley.engine;

import dev.parley.engine.ProcessInstance.Suspension;
import java.util.ArrayList;
import java.util.List;

/** An instance that an operator has suspended stands still and loses nothing. */
final class Suspending {
  private Suspending() {}

  static void begin(Execution execution) {
    execution.state().suspension(new Suspension(List.of()));
  }

  /**
   * What comes meanwhile is held. Not timers: they stay armed, and are due still when it goes on.
   */
  static void meet(Execution execution, Suspension suspension, Input input) {
    switch (input) {
      case Input.Resumed _ -> execution.state().suspension(null);
      case Input.Suspended _, Input.TimerDue _ -> {}
      default -> {
        var held = new ArrayList<>(suspension.held());
        held.add(input);
        execution.state().suspension(new Suspension(held));
      }
    }
  }
}
