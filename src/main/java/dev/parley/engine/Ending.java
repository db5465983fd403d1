package dev.parley.engine;

import dev.parley.deployment.Element.EndResult;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.Exchange;
import dev.parley.message.FaultKind;
import java.util.List;

/** End events (BPMN 2.0.2, clause 13.5.6), and what an instance leaves behind when it ends. */
final class Ending {
  private Ending() {}

  static void end(Execution execution, Node node, EndResult result) {
    switch (result) {
      case EndResult.None _ -> {}
      case EndResult.Message(var interaction) -> Sending.perform(execution, node, interaction);
      case EndResult.Error(var code, var data) -> {
        var body = data == null ? null : Sending.build(execution, data);
        throw new BpmnError(code, "The process ended with the error " + code.getLocalPart(), body);
      }
      case EndResult.Terminate _ -> execution.end(Status.TERMINATED);
    }
  }

  /**
   * WS-BPEL 2.0, 10.4: missingReply for whoever still waits; messages that tokens wait for are
   * withdrawn.
   */
  static void close(Execution execution) {
    for (var exchange : List.copyOf(execution.exchanges())) {
      execution.exchanges().remove(exchange);
      execution.emit(new Effect.Reply(exchange.request(), noReply(execution, exchange)));
    }
    for (var token : execution.tokens()) {
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
