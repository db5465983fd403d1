package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Documents.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.wsdl.Fault;
import javax.wsdl.Message;
import javax.wsdl.PortType;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads port types (WSDL 1.1, section 2.4). */
final class Interfaces {
  private final Index index;
  private final MessageTypes types;
  private final RpcBodies rpc;
  private final Patterns patterns;
  private final Findings findings;

  Interfaces(Index index, MessageTypes types, RpcBodies rpc, Findings findings) {
    this.index = index;
    this.types = types;
    this.rpc = rpc;
    this.patterns = new Patterns(findings);
    this.findings = findings;
  }

  Map<QName, Interface> read() {
    var interfaces = new HashMap<QName, Interface>();
    for (var document : index.documents()) {
      for (Object value : index.definition(document).getPortTypes().values()) {
        if (value instanceof PortType portType && !portType.isUndefined()) {
          interfaces.put(portType.getQName(), read(document, portType));
        }
      }
    }
    return interfaces;
  }

  private Interface read(Document document, PortType portType) {
    var operations = new ArrayList<Operation>();
    var names = new HashSet<String>();
    for (Object value : portType.getOperations()) {
      if (value instanceof javax.wsdl.Operation operation && !operation.isUndefined()) {
        if (names.add(operation.getName())) {
          read(document, portType, operation).ifPresent(operations::add);
        } else {
          findings.error(
              index.origin(operation),
              Rule.OVERLOADED_OPERATION,
              "There is already an operation '%s' in this port type."
                  .formatted(operation.getName()),
              "Give each operation of a port type a name of its own.");
        }
      }
    }
    return new Interface(
        portType.getQName(), operations, LocatedXml.location(index.origin(portType)));
  }

  private Optional<Operation> read(
      Document document, PortType portType, javax.wsdl.Operation operation) {
    var element = index.origin(operation);
    var name = new OperationName(portType.getQName(), operation.getName());
    var faults = faults(document, operation);
    var input = operation.getInput();
    var output = operation.getOutput();
    var in =
        input == null
            ? Optional.<MessageType>empty()
            : type(document, name, MessageKind.INPUT, index.origin(input), input.getMessage());
    var out =
        output == null
            ? Optional.<MessageType>empty()
            : type(document, name, MessageKind.OUTPUT, index.origin(output), output.getMessage());
    return patterns
        .of(operation, element, !faults.isEmpty())
        .map(
            pattern ->
                new Operation(
                    name,
                    pattern,
                    in.orElse(null),
                    out.orElse(null),
                    faults,
                    LocatedXml.location(element)));
  }

  private Optional<MessageType> type(
      Document document,
      OperationName operation,
      MessageKind kind,
      Element at,
      @Nullable Message reference) {
    var type =
        rpc.has(operation, kind) ? rpc.type(operation, kind) : types.type(document, at, reference);
    var name = at.getAttribute("name");
    return type.map(t -> with(t, name.isEmpty() ? null : name, at));
  }

  /** With what the operation's child says besides the message's name. */
  private static MessageType with(MessageType type, @Nullable String label, Element at) {
    return new MessageType(type.name(), type.element(), label, ActionAttribute.of(at).orElse(null));
  }

  private List<FaultType> faults(Document document, javax.wsdl.Operation operation) {
    var declared = new ArrayList<Fault>();
    for (Object value : operation.getFaults().values()) {
      declared.add((Fault) value);
    }
    declared.sort((a, b) -> location(a).compareTo(location(b)));
    var faults = new ArrayList<FaultType>();
    for (var fault : declared) {
      var at = index.origin(fault);
      types
          .type(document, at, fault.getMessage())
          .ifPresent(type -> add(faults, at, fault.getName(), type));
    }
    for (var at : Patterns.faults(index.origin(operation))) {
      types
          .type(document, at, Patterns.name(at, at.getAttribute("message")))
          .ifPresent(type -> add(faults, at, at.getAttribute("name"), type));
    }
    return faults;
  }

  private void add(List<FaultType> faults, Element at, String name, MessageType type) {
    if (name.isEmpty() || faults.stream().anyMatch(f -> f.name().equals(name))) {
      findings.error(
          at,
          Rule.FAULT_NAME,
          "Expected the fault to have a name of its own in its operation, but found '%s'."
              .formatted(name),
          "Name each fault of an operation differently.");
    } else if (type.element() == null) {
      findings.error(
          at,
          Rule.FAULT_PART,
          "Expected the fault's message %s to have one part, but it has none."
              .formatted(type.name()),
          "Add a part that names the element of the fault's detail.");
    } else {
      faults.add(new FaultType(name, with(type, null, at)));
    }
  }

  private dev.parley.finding.Location location(Fault fault) {
    return LocatedXml.location(index.origin(fault));
  }
}
