package dev.parley.deployment;

import dev.parley.deployment.QueuePolicy.RejectionFault;
import dev.parley.message.Body;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.SchemaSet;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/** Which declared faults tell that a message came too early or too late. */
final class RejectionFaults {
  private static final String EARLY = "earlyFault";
  private static final String LATE = "lateFault";
  private static final String ANY_REASON = "Any reason";

  private final SchemaSet schemas;

  RejectionFaults(SchemaSet schemas) {
    this.schemas = schemas;
  }

  /** What the node names must be a fault of its operation; what the process names need not. */
  QueuePolicy checked(QueuePolicy policy, SettingsReader node, Operation operation) {
    return policy.with(
        checked(EARLY, policy.earlyFault(), node, operation),
        checked(LATE, policy.lateFault(), node, operation));
  }

  private RejectionFault checked(
      String setting, RejectionFault named, SettingsReader node, Operation operation) {
    if (named.isNone()) {
      return named;
    }
    var declared = operation.fault(named.name());
    if (declared.isEmpty()) {
      node.refuse(
          setting,
          Rule.SETTING,
          "Expected parley:%s to be a fault that the operation '%s' declares, which are %s, but found '%s'."
              .formatted(setting, operation.name().operation(), names(operation), named.name()),
          "Declare the fault in the contract, or remove the attribute to tell the gateway's own.");
      return RejectionFault.NONE;
    }
    var told = detail(declared.get());
    if (told.isEmpty()) {
      node.refuse(
          setting,
          Rule.SETTING,
          "Expected the element of the fault '%s' to be allowed to be empty or to bear a text, for"
                  .formatted(named.name())
              + " the gateway has nothing else to say in it.",
          "Name a fault whose element is a string or empty, or remove the attribute.");
    }
    return told.orElse(RejectionFault.NONE);
  }

  private static String names(Operation operation) {
    return operation.faults().isEmpty()
        ? "none"
        : operation.faults().stream().map(FaultType::name).collect(Collectors.joining(", "));
  }

  private Optional<RejectionFault> detail(FaultType fault) {
    var element = fault.message().element();
    if (element == null) {
      return Optional.empty();
    }
    if (isValid(element, ANY_REASON)) {
      return Optional.of(new RejectionFault(fault.name(), true));
    }
    return isValid(element, "")
        ? Optional.of(new RejectionFault(fault.name(), false))
        : Optional.empty();
  }

  private boolean isValid(QName element, String text) {
    Body body = RejectionFault.detail(element, text);
    return schemas.violations(body).isEmpty();
  }
}
