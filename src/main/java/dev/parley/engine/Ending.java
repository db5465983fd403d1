package dev.parley.engine;

import dev.parley.engine.ProcessInstance.Status;
import dev.parley.expression.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an instance leaves behind when it ends. */
final class Ending {
  private Ending() {}

  /**
   * WS-BPEL 2.0, 10.4: missingReply for whoever still waits; what tokens wait for is given up; who
   * called the process gets its data.
   */
  static void close(Execution execution, Status how) {
    execution.state().suspension(null);
    Exchanges.closeAll(execution, _ -> true);
    Responses.forgetAll(execution, _ -> true);
    for (var token : execution.state().tokens()) {
      Cancelling.giveUp(execution, token);
    }
    if (how != Status.FAULTED) {
      var self = execution.before().id();
      tellCaller(execution, new Input.Returned(self, given(execution)));
    }
  }

  /** Whether somebody called the process, and gets this input. */
  static boolean tellCaller(Execution execution, Input input) {
    var caller = execution.state().caller();
    caller.ifPresent(c -> execution.emit(new Effect.Tell(c, input)));
    return caller.isPresent();
  }

  private static SortedMap<String, Value> given(Execution execution) {
    var given = new TreeMap<String, Value>();
    for (var output : execution.process().data().outputs()) {
      var value = execution.data().get(ProcessInstance.ROOT, output.item());
      if (value != null) {
        given.put(output.expected().name(), value.detached());
      }
    }
    return given;
  }
}
