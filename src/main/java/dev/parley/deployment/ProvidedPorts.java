package dev.parley.deployment;

import dev.parley.bpmn.ProcessDefinition;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Interface;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  private final String address;
  private final Set<QName> understood;

  /**
   * @param address of the gateway
   * @param understood names of SOAP header blocks that the process understands
   */
  ProvidedPorts(
      ProcessDefinition process,
      Contract contract,
      String address,
      Set<QName> understood,
      Findings findings) {
    this.process = process;
    this.contract = contract;
    this.address = address;
    this.understood = understood;
    this.findings = findings;
  }

  List<ServicePort> of(Roles roles) {
    var ports = new ArrayList<ServicePort>();
    for (var name : roles.hostedInterfaces()) {
      contract
          .find(name)
          .ifPresentOrElse(
              service -> {
                warnOfDeafOperations(service, roles);
                ports.addAll(of(service, roles));
              },
              () -> refuseUnknown(name));
    }
    return ports;
  }

  private List<ServicePort> of(Interface service, Roles roles) {
    var operations = operations(service, roles);
    if (operations.isEmpty() && !service.operations().isEmpty()) {
      // Its operations all begin with what the process sends: nothing is taken at its ports.
      return List.of();
    }
    var ports = contract.portsOf(service.name());
    if (ports.isEmpty()) {
      findings.error(
          process.location(),
          process.id(),
          Rule.NO_PORT,
          "Expected a WSDL service with a SOAP port for the interface %s that the process hosts, but found none."
              .formatted(service.name()),
          "Add a binding and a service with a port to the WSDL.");
    }
    ports.forEach(this::checkName);
    return ports.stream().map(port -> port(service, port, operations)).toList();
  }

  /** A service's own operations, and of its output-first ones those that it takes as a consumer. */
  private static List<Operation> operations(Interface service, Roles roles) {
    boolean provides = roles.provides(service.name());
    return service.operations().stream()
        .filter(
            o -> roles.hosts(o.name()) || (provides && o.pattern().first() == MessageKind.INPUT))
        .toList();
  }

  private ServicePort port(Interface service, Port port, List<Operation> operations) {
    var wsdl = Objects.requireNonNull(contract.portFiles().get(port), port.name());
    var schemas = contract.schemas();
    var hosted =
        new ServicePort(process.id(), service, port, wsdl, schemas, operations, "", understood);
    return new ServicePort(
        process.id(),
        service,
        port,
        wsdl,
        schemas,
        operations,
        address + hosted.path(),
        understood);
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
    for (var operation : operations(service, roles)) {
      if (!roles.hosts(operation.name())) {
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
