package dev.parley.engine;

import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Exchange;
import dev.parley.message.FaultKind;
import java.util.List;
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
    var exchanges = execution.state().exchanges();
    for (var exchange : List.copyOf(exchanges)) {
      exchanges.remove(exchange);
      execution.emit(new Effect.Reply(exchange.request(), noReply(execution, exchange)));
    }
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

  private static Answer noReply(Execution execution, OpenExchange exchange) {
    var operation = execution.process().operations().get(exchange.operation());
    if (operation != null && !Exchange.begun(operation.pattern()).mustAnswer()) {
      return Answer.ACCEPTED;
    }
    return Answer.refused(
        FaultKind.MISSING_REPLY,
        "The process ended without a reply to '%s'".formatted(exchange.operation().operation()),
        "The process model has a path that ends before it replies.");
  }
}
