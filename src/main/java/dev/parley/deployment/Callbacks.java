package dev.parley.deployment;

import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.message.MessageExchangePattern.Second;
import java.util.Optional;

/** Service tasks that another message answers: {@code parley:callback} names its operation. */
final class Callbacks {
  private final Interactions.Joins joins;
  private final Partners partners;
  private final Findings findings;

  Callbacks(Interactions.Joins joins, Partners partners, Findings findings) {
    this.joins = joins;
    this.partners = partners;
    this.findings = findings;
  }

  /** What a service task takes; empty where something was found. */
  Optional<Receive> of(MessageUse use, Part part) {
    var node = use.node().common();
    var operation = part.operation();
    if (operation.wsdl().pattern().second() != Second.NONE) {
      findings.error(
          use.node().location(),
          use.id(),
          Rule.CALLBACK,
          "Expected parley:callback to name a one-way operation, but '%s' is %s."
              .formatted(operation.model().id(), Operations.pattern(operation)),
          "Use an operation without a second message, or receive it by a receive task and reply.");
      return Optional.empty();
    }
    var participant = partners.participant(use.node()).orElse("");
    return joins
        .data()
        .keeps(node, use.messaging(), part.element())
        .map(
            keeps ->
                new Receive(
                    operation.wsdl(),
                    part.kind(),
                    keeps,
                    new ExchangeName("", participant),
                    -1,
                    Relations.ANYTHING,
                    joins.policies().ofCallback(node)));
  }
}
