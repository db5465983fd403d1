package dev.parley.deployment;

import dev.parley.deployment.Element.ReceiveTask;
import dev.parley.deployment.Element.ScriptTask;
import dev.parley.deployment.Element.SendTask;
import dev.parley.deployment.Element.ServiceTask;
import dev.parley.deployment.Element.UserTask;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.deployment.Interaction.Send;
import dev.parley.wsdl.Operation;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * What an activity can fail with.
 *
 * @param byExpression it evaluates an expression
 * @param byPartner it waits for a partner
 * @param operation whose declared faults the partner may answer with
 */
record RaisedErrors(boolean byExpression, boolean byPartner, Optional<Operation> operation) {
  private static final RaisedErrors NONE = new RaisedErrors(false, false, Optional.empty());

  static RaisedErrors of(Element activity) {
    return switch (activity) {
      case ServiceTask(var invoke) -> new RaisedErrors(true, true, Optional.of(invoke.operation()));
      case SendTask(var interaction) -> of(interaction);
      case ReceiveTask(var receive, _) ->
          receive.isResponse()
              ? new RaisedErrors(computes(receive.keeps()), true, Optional.of(receive.operation()))
              : local(computes(receive.keeps()));
      case ScriptTask _ -> local(true);
      case UserTask(var data) -> local(!data.inputs().isEmpty() || !data.outputs().isEmpty());
      default -> NONE;
    };
  }

  /** Whether it can fail with a code that is no declared fault's; null asks for any failure. */
  boolean includes(@Nullable QName code) {
    if (code == null) {
      return byExpression || byPartner;
    }
    if (code.equals(ErrorCodes.EXPRESSION_FAILED)) {
      return byExpression;
    }
    boolean delivery =
        code.equals(ErrorCodes.DELIVERY_FAILED) || code.equals(ErrorCodes.DELIVERY_TIMEOUT);
    // A partner may answer with a fault that its contract does not declare.
    boolean undeclared = !code.getNamespaceURI().isEmpty() && !ErrorCodes.isGateways(code);
    return byPartner && (delivery || undeclared);
  }

  private static RaisedErrors of(Interaction interaction) {
    return switch (interaction) {
      case Send send ->
          new RaisedErrors(
              computes(send.outgoing()),
              send.delivery().blocking(),
              Optional.of(send.operation()).filter(_ -> send.delivery().blocking()));
      // A reply without an open exchange is missingRequest.
      case Interaction.Reply _ -> local(true);
      case Interaction.Receive _, Interaction.Invoke _ -> NONE;
    };
  }

  private static RaisedErrors local(boolean byExpression) {
    return new RaisedErrors(byExpression, false, Optional.empty());
  }

  private static boolean computes(Outgoing outgoing) {
    return !(outgoing instanceof Outgoing.Nothing);
  }

  private static boolean computes(List<Keep> keeps) {
    return keeps.stream().anyMatch(k -> k.expression() != null);
  }
}
