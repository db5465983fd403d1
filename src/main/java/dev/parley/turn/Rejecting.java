package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.RejectionFault;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.wsdl.Operation;
import java.util.Objects;
import java.util.Optional;
import javax.xml.namespace.QName;

/** A message that came too early or too late is told so by the fault that its policy names. */
final class Rejecting {
  private Rejecting() {}

  /** The gateway's own fault where no policy names one. */
  static Fault told(Deployments deployments, Message message, Fault fault) {
    if (!(fault instanceof Fault.Gateway gateway)) {
      return fault;
    }
    return deployments.versions(message.process()).stream()
        .filter(v -> v.receives(MessageName.of(message)))
        .findFirst()
        .flatMap(version -> declared(version, message, gateway))
        .orElse(fault);
  }

  private static Optional<Fault> declared(
      ProcessVersion version, Message message, Fault.Gateway fault) {
    var named = named(version.policy(MessageName.of(message)), fault.kind());
    return Optional.ofNullable(version.process().operations().get(message.operation()))
        .filter(operation -> operation.pattern().faultRule() != FaultRule.NO_FAULTS)
        .flatMap(operation -> declared(operation, named, fault.reason()));
  }

  private static RejectionFault named(QueuePolicy policy, FaultKind kind) {
    return switch (kind) {
      case TOO_EARLY -> policy.earlyFault();
      case TOO_LATE -> policy.lateFault();
      default -> RejectionFault.NONE;
    };
  }

  private static Optional<Fault> declared(
      Operation operation, RejectionFault named, String reason) {
    return operation
        .fault(named.name())
        .map(
            type -> {
              var element = Objects.requireNonNull(type.message().element());
              var name = new QName(operation.name().interfaceName().getNamespaceURI(), type.name());
              var detail = RejectionFault.detail(element, named.bearsReason() ? reason : "");
              return new Fault.Declared(name, detail, reason);
            });
  }
}
