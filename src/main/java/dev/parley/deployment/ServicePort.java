package dev.parley.deployment;

import dev.parley.wsdl.Interface;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.Port;
import dev.parley.wsdl.SchemaSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;

/**
 * A port that a process provides or calls.
 *
 * @param process key of the process
 * @param port from the WSDL
 * @param wsdl the document that declares the port
 * @param schemas of the contract, compiled
 * @param operations whose first message is taken there
 * @param address where it is hosted; empty where it is a partner's
 * @param understood names of SOAP header blocks that the process understands
 */
public record ServicePort(
    String process,
    Interface service,
    Port port,
    Path wsdl,
    SchemaSet schemas,
    List<Operation> operations,
    String address,
    Set<QName> understood) {
  public ServicePort {
    operations = List.copyOf(operations);
    understood = Set.copyOf(understood);
  }

  /** Where on the gateway a port of a process is hosted. */
  public String path() {
    return "/services/%s/%s".formatted(process, port.name());
  }

  /** With every operation of the interface. */
  public ServicePort(String process, Interface service, Port port, Path wsdl, SchemaSet schemas) {
    this(process, service, port, wsdl, schemas, service.operations(), "", Set.of());
  }
}
