package dev.parley.engine;

import dev.parley.deployment.Destination;
import dev.parley.deployment.Interaction.Partner;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.engine.ProcessInstance.PartnerLink;
import dev.parley.expression.EndpointReferences;
import dev.parley.expression.Expression;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern.Second;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Partner links: where each participant is, as far as an instance knows better than its model
 * (WS-BPEL 2.0, section 6.2), and the SOAP header blocks of what is sent.
 */
final class Partnering {
  private Partnering() {}

  /** Where a message goes, and its header blocks. */
  static Headers headers(
      Execution execution, int scope, Partner partner, @Nullable Expression blocks) {
    return Headers.towards(endpoint(execution, scope, partner), blocks(execution, scope, blocks));
  }

  /** Null where the instance knows no more than its model. */
  private static @Nullable EndpointReference endpoint(
      Execution execution, int scope, Partner partner) {
    var chosen = partner.endpoint();
    if (chosen != null) {
      var found =
          execution.computed(() -> EndpointReferences.of(evaluated(execution, scope, chosen)));
      set(execution, scope, partner.participant(), new PartnerLink(checked(found), true));
      return found;
    }
    var known = link(execution, scope, partner.participant());
    if (known.isEmpty() && partner.destination() instanceof Destination.Unknown) {
      throw new BpmnError(
          BpmnError.DELIVERY_FAILED,
          "No endpoint reference of the participant '%s' is known: neither the process nor a message has set one"
              .formatted(partner.participant()));
    }
    return known.map(PartnerLink::endpoint).orElse(null);
  }

  private static Value evaluated(Execution execution, int scope, Expression expression) {
    return execution.evaluate(expression, scope, null);
  }

  private static EndpointReference checked(EndpointReference endpoint) {
    if (!endpoint.isElsewhere()) {
      throw new BpmnError(
          BpmnError.DELIVERY_FAILED,
          "Expected an address that a message can be sent to, but found " + endpoint.address());
    }
    return endpoint;
  }

  /** From a scope outwards. */
  private static Optional<PartnerLink> link(Execution execution, int scope, String participant) {
    for (int at = scope; at >= 0; at = execution.state().scope(at).parent()) {
      var link = execution.state().scope(at).partner(participant);
      if (link != null) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** A round of a loop has partners of its own: it may talk to another one than the next round. */
  private static void set(Execution execution, int scope, String participant, PartnerLink link) {
    var at = execution.state().scope(scope);
    while (!at.isRoot() && at.round() == 0) {
      at = execution.state().scope(at.parent());
    }
    if (!link.equals(at.partner(participant))) {
      at.partner(participant, link);
    }
  }

  /**
   * A participant has said where it takes callbacks; what the process has chosen stays. Where its
   * message has a reply, that is all that it asks for.
   */
  static void learn(Execution execution, int scope, Message message, Receive receive) {
    var participant = receive.exchange().participant();
    var replyTo = message.headers().replyTo();
    boolean asksForReply = receive.operation().pattern().second() != Second.NONE;
    if (!asksForReply && !participant.isEmpty() && replyTo != null && replyTo.isElsewhere()) {
      var known = link(execution, scope, participant);
      if (known.filter(PartnerLink::chosen).isEmpty()) {
        set(execution, scope, participant, new PartnerLink(replyTo, false));
      }
    }
  }

  /** The elements that an expression makes. */
  static List<Body> blocks(Execution execution, int scope, @Nullable Expression expression) {
    return expression == null
        ? List.of()
        : execution.computed(
            () ->
                evaluated(execution, scope, expression).split().stream()
                    .map(Value::asBody)
                    .toList());
  }
}
