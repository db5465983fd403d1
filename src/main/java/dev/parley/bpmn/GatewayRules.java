package dev.parley.bpmn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which flows are default, and which have conditions (BPMN 2.0.2, clauses 8.4.13 and 10.6). */
final class GatewayRules {

  private final FlowGraph graph;
  private final References references;
  private final Findings findings;

  GatewayRules(FlowGraph graph, References references, Findings findings) {
    this.graph = graph;
    this.references = references;
    this.findings = findings;
  }

  void check(XmlElement node) {
    var outgoing = graph.outgoing(node);
    switch (node.kind()) {
      case "exclusiveGateway" -> checkExclusive(node, outgoing);
      // These are refused themselves; what their flows carry is theirs.
      case "inclusiveGateway", "complexGateway" -> {}
      default -> outgoing.forEach(flow -> checkUnconditional(node, flow));
    }
    checkDirection(node, outgoing);
  }

  private void checkExclusive(XmlElement gateway, List<XmlElement> outgoing) {
    var byDefault = references.byAttribute(gateway, "default", "sequenceFlow").orElse(null);
    if (byDefault != null && !outgoing.contains(byDefault)) {
      findings.error(
          gateway,
          Rule.DEFAULT_FLOW,
          "Expected the default flow of '%s' to leave it, but '%s' leaves another node."
              .formatted(gateway.label(), byDefault.label()),
          "Name one of its outgoing flows.");
    }
    for (var flow : outgoing) {
      checkExclusive(gateway, flow, byDefault, outgoing.size() > 1);
    }
  }

  private void checkExclusive(
      XmlElement gateway, XmlElement flow, @Nullable XmlElement byDefault, boolean diverging) {
    boolean conditional = flow.child("conditionExpression").isPresent();
    if (flow.equals(byDefault) && conditional) {
      findings.error(
          flow,
          Rule.CONDITION_MISPLACED,
          "Expected no condition on '%s', the default flow of '%s', but found one."
              .formatted(flow.label(), gateway.label()),
          "Remove the condition.");
    }
    if (diverging && !flow.equals(byDefault) && !conditional) {
      findings.error(
          flow,
          Rule.CONDITION_MISSING,
          "Expected a condition on '%s', which leaves '%s' and is not its default, but found none."
              .formatted(flow.label(), gateway.label()),
          "Add a conditionExpression, or make it the gateway's default.");
    }
  }

  private void checkUnconditional(XmlElement node, XmlElement flow) {
    var condition = flow.child("conditionExpression");
    if (condition.isEmpty()) {
      return;
    }
    boolean activity = Vocabulary.isActivity(node);
    findings.error(
        flow,
        activity ? Rule.UNSUPPORTED_ELEMENT : Rule.CONDITION_MISPLACED,
        "Expected no condition on '%s', which leaves %s '%s', but found one."
            .formatted(flow.label(), node.name().getLocalPart(), node.label()),
        activity
            ? "Put an exclusive gateway after the activity."
            : "Remove the condition, or use an exclusive gateway.");
  }

  private void checkDirection(XmlElement node, List<XmlElement> outgoing) {
    String direction = node.attribute("gatewayDirection").orElse("Unspecified");
    boolean joins = graph.incoming(node).size() > 1;
    boolean splits = outgoing.size() > 1;
    boolean right =
        switch (direction) {
          case "Converging" -> joins && !splits;
          case "Diverging" -> splits && !joins;
          case "Mixed" -> joins && splits;
          default -> true;
        };
    if (!right) {
      findings.error(
          node,
          Rule.GATEWAY_DIRECTION,
          "Expected '%s' to be %s, but it has %d incoming and %d outgoing flows."
              .formatted(node.label(), direction, graph.incoming(node).size(), outgoing.size()),
          "Correct gatewayDirection, or leave it out.");
    }
  }
}
