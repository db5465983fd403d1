package dev.parley.bpmn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which flows are default, and which have conditions (BPMN 2.0.2, clauses 8.4.13 and 10.6). */
final class GatewayRules {

  private final FlowGraph graph;
  private final EventGatewayRules events;
  private final References references;
  private final Findings findings;

  GatewayRules(FlowGraph graph, References references, Findings findings) {
    this.graph = graph;
    this.events = new EventGatewayRules(graph, references, findings);
    this.references = references;
    this.findings = findings;
  }

  void check(XmlElement node) {
    var outgoing = graph.outgoing(node);
    switch (node.kind()) {
      case "exclusiveGateway", "inclusiveGateway" -> checkChoice(node, outgoing, true);
      case "eventBasedGateway" -> {
        events.check(node);
        outgoing.forEach(flow -> checkUnconditional(node, flow));
      }
      // Refused itself; what its flows carry is its own.
      case "complexGateway" -> {}
      default -> {
        if (Vocabulary.isActivity(node)) {
          checkChoice(node, outgoing, false);
        } else {
          outgoing.forEach(flow -> checkUnconditional(node, flow));
        }
      }
    }
    checkDirection(node, outgoing);
  }

  /** An activity may have flows without condition beside those that have one. */
  private void checkChoice(XmlElement node, List<XmlElement> outgoing, boolean everyFlow) {
    var byDefault = references.byAttribute(node, "default", "sequenceFlow").orElse(null);
    if (byDefault != null && !outgoing.contains(byDefault)) {
      findings.error(
          node,
          Rule.DEFAULT_FLOW,
          "Expected the default flow of '%s' to leave it, but '%s' leaves another node."
              .formatted(node.label(), byDefault.label()),
          "Name one of its outgoing flows.");
    }
    for (var flow : outgoing) {
      checkChoice(node, flow, byDefault, everyFlow && outgoing.size() > 1);
    }
  }

  private void checkChoice(
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
    findings.error(
        flow,
        Rule.CONDITION_MISPLACED,
        "Expected no condition on '%s', which leaves %s '%s', but found one."
            .formatted(flow.label(), node.name().getLocalPart(), node.label()),
        "Remove the condition, or use an exclusive gateway.");
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
