package dev.parley.deployment;

import dev.parley.bpmn.ProcessDefinition;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Interface;
import dev.parley.wsdl.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;

/** The ports at which a process is hosted: every port of every interface it provides. */
final class ProvidedPorts {
  /** What can stand in an address as it is. */
  static final Pattern ADDRESSABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final ProcessDefinition process;
  private final Contract contract;
  private final Findings findings;
  private final Map<String, Port> byName = new HashMap<>();

  ProvidedPorts(ProcessDefinition process, Contract contract, Findings findings) {
    this.process = process;
    this.contract = contract;
    this.findings = findings;
  }

  List<ServicePort> of(Roles roles) {
    var ports = new ArrayList<ServicePort>();
    for (var name : roles.providedInterfaces()) {
      contract
          .find(name)
          .ifPresentOrElse(
              service -> {
                warnOfDeafOperations(service, roles);
                ports.addAll(of(service));
              },
              () -> refuseUnknown(name));
    }
    return ports;
  }

  private List<ServicePort> of(Interface service) {
    var ports = contract.portsOf(service.name());
    if (ports.isEmpty()) {
      findings.error(
          process.location(),
          process.id(),
          Rule.NO_PORT,
          "Expected a WSDL service with a SOAP port for the interface %s that the process provides, but found none."
              .formatted(service.name()),
          "Add a binding and a service with a port to the WSDL.");
    }
    ports.forEach(this::checkName);
    return ports.stream().map(port -> port(service, port)).toList();
  }

  private ServicePort port(Interface service, Port port) {
    var wsdl = Objects.requireNonNull(contract.portFiles().get(port), port.name());
    return new ServicePort(process.id(), service, port, wsdl, contract.schemas());
  }

  private void checkName(Port port) {
    if (!ADDRESSABLE.matcher(port.name()).matches()) {
      findings.error(
          port.location(),
          port.name(),
          Rule.PORT_NAME,
          "Expected a port name of 1 to 128 letters, digits, dots, hyphens and underscores, for it is part of the address, but found '%s'."
              .formatted(port.name()),
          "Rename the port.");
    }
    var other = byName.putIfAbsent(port.name(), port);
    if (other != null) {
      findings.error(
          port.location(),
          port.name(),
          Rule.PORT_NAME,
          "Expected the ports of process '%s' to have different names, for they are part of the address, but %s:%d has a port '%s' too."
              .formatted(
                  process.id(), other.location().file(), other.location().line(), port.name()),
          "Rename one of them.");
    }
  }

  private void warnOfDeafOperations(Interface service, Roles roles) {
    for (var operation : service.operations()) {
      if (!roles.provides(operation.name())) {
        findings.warning(
            process.location(),
            process.id(),
            Rule.OPERATION_NOT_RECEIVED,
            "Expected the process to receive every operation of the interface %s that it provides, but nothing receives '%s'."
                .formatted(service.name(), operation.name().operation()),
            "Add a start event, receive task or catch event; without one its messages are"
                + " refused.");
      }
    }
  }

  private void refuseUnknown(QName name) {
    findings.error(
        process.location(),
        process.id(),
        Rule.UNKNOWN_INTERFACE,
        "Expected the WSDL of the bundle to have the interface %s that the process provides, but it has not."
            .formatted(name),
        "Correct the interface's implementationRef, or add the WSDL to the bundle.");
  }
}
