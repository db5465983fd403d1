package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;

/** About what can be seen in the drawing of a process. */
final class ShapeAdvice {
  private static final int MOST_BOUNDARY_MESSAGES = 2;

  private final ExecutableProcess process;
  private final Findings findings;

  ShapeAdvice(ExecutableProcess process, Findings findings) {
    this.process = process;
    this.findings = findings;
  }

  void give() {
    for (var node : process.nodes()) {
      boundaryMessages(node);
      implicitEnd(node);
      defaultFlow(node);
      completionCondition(node);
    }
  }

  private void boundaryMessages(Node node) {
    long messages =
        node.boundary().stream()
            .map(process::node)
            .filter(b -> b.element().receive().isPresent())
            .count();
    if (messages > MOST_BOUNDARY_MESSAGES) {
      findings.advice(
          node,
          AdviceRule.BOUNDARY_MESSAGES,
          "Expected at most %d message events on the boundary, but found %d."
              .formatted(MOST_BOUNDARY_MESSAGES, messages),
          "Use an event-based gateway, or event sub-processes in a sub-process around it.");
    }
  }

  private void implicitEnd(Node node) {
    boolean ends =
        switch (node.element()) {
          case Element.EndEvent _ -> false;
          case Element.IntermediateThrowEvent(Result.Link _) -> false;
          case Element.SubProcess sub -> !sub.triggeredByEvent() && node.branches().isEmpty();
          default -> node.branches().isEmpty();
        };
    if (ends && endsElsewhere(node)) {
      findings.advice(
          node,
          AdviceRule.IMPLICIT_END,
          "Expected every path to lead to an end event, as others do, but '%s' has no outgoing flow."
              .formatted(node.id()),
          "Add an end event that says what has been reached.");
    }
  }

  private boolean endsElsewhere(Node node) {
    return process.nodes().stream()
        .anyMatch(n -> n.scope() == node.scope() && n.element() instanceof Element.EndEvent);
  }

  private void defaultFlow(Node node) {
    boolean decides =
        node.element() instanceof Element.ExclusiveGateway
            || node.element() instanceof Element.InclusiveGateway;
    if (decides && node.branches().size() > 1 && node.defaultFlow() < 0) {
      findings.advice(
          node,
          AdviceRule.DEFAULT_FLOW,
          "Expected a default flow out of '%s', but found conditions only; when none holds, the error NoFlowTaken is raised."
              .formatted(node.id()),
          "Name one of the flows in the attribute default, and remove its condition.");
    }
  }

  private void completionCondition(Node node) {
    if (node.loop() instanceof Loop.MultiInstance loop
        && loop.completion() != null
        && loop.output() != Loop.NONE
        && loop.completion().mentions(process.items().get(loop.output()).name())) {
      findings.advice(
          node,
          AdviceRule.COMPLETION_CONDITION,
          "Expected a completionCondition over data that the rounds change, but it looks at '%s', which loopDataOutputRef fills only when the loop has ended."
              .formatted(process.items().get(loop.output()).name()),
          "Let each round add to a data object of the process, and look at that one.");
    }
  }
}
