package dev.parley.engine;

import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.message.Answer;
import dev.parley.message.Exchange;
import dev.parley.message.FaultKind;
import java.util.List;

/** What an instance leaves behind when it ends. */
final class Ending {
  private Ending() {}

  /**
   * WS-BPEL 2.0, 10.4: missingReply for whoever still waits; messages that tokens wait for are
   * withdrawn.
   */
  static void close(Execution execution) {
    var exchanges = execution.state().exchanges();
    for (var exchange : List.copyOf(exchanges)) {
      exchanges.remove(exchange);
      execution.emit(new Effect.Reply(exchange.request(), noReply(execution, exchange)));
    }
    for (var token : execution.state().tokens()) {
      var sent = Engine.awaited(token);
      if (!sent.equals(Engine.NONE)) {
        execution.emit(new Effect.Withdraw(sent));
      }
    }
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
