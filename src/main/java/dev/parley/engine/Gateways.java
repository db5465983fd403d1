package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Expression;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exclusive and parallel gateways (BPMN 2.0.2, clauses 13.4.1 and 13.4.2). */
final class Gateways {
  private Gateways() {}

  /** The first branch whose condition holds, else the default flow, else an error. */
  static void choose(Execution execution, Node node, Element.ExclusiveGateway gateway) {
    for (var branch : gateway.branches()) {
      if (branch.flow() != gateway.defaultFlow() && holds(execution, branch.condition())) {
        execution.take(branch.flow());
        return;
      }
    }
    if (gateway.defaultFlow() < 0) {
      throw new BpmnError(
          BpmnError.NO_FLOW,
          "No condition of gateway '%s' holds and it has no default flow".formatted(node.id()));
    }
    execution.take(gateway.defaultFlow());
  }

  private static boolean holds(Execution execution, @Nullable Expression condition) {
    return condition == null
        || execution.computed(() -> execution.evaluate(condition, null).asBoolean());
  }

  /**
   * Waits until a token has come by each incoming flow, then takes one of each and goes out by
   * every flow.
   */
  static void synchronize(Execution execution, Node node, int flow) {
    if (node.incoming() <= 1) {
      execution.leave(node);
      return;
    }
    var others = new HashMap<Integer, Token>();
    for (var token : execution.tokens()) {
      if (token.node() == node.index() && token.waiting() instanceof Waiting.ForBranches(int by)) {
        others.putIfAbsent(by, token);
      }
    }
    boolean sameFlowWaits = others.containsKey(flow);
    if (sameFlowWaits || others.size() + 1 < node.incoming()) {
      execution.await(node, () -> new Waiting.ForBranches(flow));
      return;
    }
    for (Map.Entry<Integer, Token> other : others.entrySet()) {
      execution.remove(other.getValue());
    }
    execution.leave(node);
  }
}
