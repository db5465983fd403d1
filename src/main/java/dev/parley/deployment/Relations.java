package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.deployment.MessageUse.Direction;

/** Receives that take only answers to what one element has sent: {@code parley:relatesTo}. */
final class Relations {
  static final int ANYTHING = -1;

  private static final String REMEDY =
      "Name the send task, service task or throwing event whose message is answered, or remove the"
          + " attribute.";

  private final Roles roles;
  private final Policies policies;
  private final Findings findings;

  Relations(Roles roles, Policies policies, Findings findings) {
    this.roles = roles;
    this.policies = policies;
    this.findings = findings;
  }

  /** Number of the element that sends what a receive's message answers. */
  int of(FlowNode node, Part part, boolean starts) {
    var named = node.common().policies().getOrDefault(Policies.RELATES_TO, "");
    if (named.isEmpty()) {
      return ANYTHING;
    }
    boolean mayAnswer = part.isFirst() && !starts;
    if (mayAnswer && sends(named)) {
      return policies.node(named);
    }
    findings.error(node.location(), node.id(), Rule.SETTING, problem(named, part, starts), REMEDY);
    return ANYTHING;
  }

  private static String problem(String named, Part part, boolean starts) {
    if (starts) {
      return "Expected no parley:relatesTo on what starts an instance, which has sent nothing yet.";
    }
    return part.isFirst()
        ? "Expected parley:relatesTo to be the id of an element of the process that sends the first message of an operation, but found '%s'."
            .formatted(named)
        : "Expected no parley:relatesTo on a response, which is known by the request that it"
            + " answers.";
  }

  private boolean sends(String id) {
    return roles.uses().stream()
        .filter(use -> use.node().id().equals(id) && use.direction() != Direction.RECEIVE)
        .flatMap(use -> roles.part(use).stream())
        .anyMatch(Part::isFirst);
  }
}
