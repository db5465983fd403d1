package dev.parley.soap;

import dev.parley.message.Fault;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.util.Optional;

/**
 * The actions of messages: those that the port type gives them (WS-Addressing 1.0 Metadata, section
 * 4.4.1), else made up (section 4.4.4) with the names that WSDL 1.1, section 2.4.5, gives to inputs
 * and outputs that have none.
 */
final class Actions {
  private Actions() {}

  /** Namespace, port type and operation, joined as the namespace's scheme asks. */
  static String base(Operation operation) {
    return start(operation) + operation.name().operation();
  }

  /**
   * Of the message that begins the exchange.
   *
   * @param soapAction of the binding, which goes before what is made up; empty where it has none
   */
  static String first(Operation operation, String soapAction) {
    var kind = operation.pattern().first();
    boolean bound = !soapAction.isEmpty() && explicit(operation.message(kind)).isEmpty();
    return bound ? soapAction : of(operation, kind);
  }

  static String reply(Operation operation) {
    boolean out = operation.pattern().first() == MessageKind.INPUT;
    return of(operation, out ? MessageKind.OUTPUT : MessageKind.INPUT);
  }

  /** Of the operation's input or output. */
  static String of(Operation operation, MessageKind kind) {
    var message = operation.message(kind);
    return explicit(message)
        .orElseGet(
            () ->
                start(operation)
                    + message.map(MessageType::label).orElseGet(() -> label(operation, kind)));
  }

  /** Declared faults have actions of their own only in WS-Addressing 1.0. */
  static String of(Operation operation, Fault fault, AddressingVersion version) {
    return switch (fault) {
      case Fault.Declared declared when version == AddressingVersion.CORE ->
          declared(operation, declared.name().getLocalPart());
      case Fault.Declared _, Fault.Gateway _, Fault.Undeclared _ -> version.faultAction();
    };
  }

  private static String declared(Operation operation, String fault) {
    return explicit(operation.fault(fault).map(FaultType::message))
        .orElseGet(() -> String.join(joint(operation), base(operation), "Fault", fault));
  }

  private static Optional<String> explicit(Optional<MessageType> message) {
    return message.map(MessageType::action);
  }

  private static String start(Operation operation) {
    var type = operation.name().interfaceName();
    String namespace = type.getNamespaceURI();
    String joint = joint(operation);
    String start = namespace.endsWith(joint) ? namespace : namespace + joint;
    return start + type.getLocalPart() + joint;
  }

  private static String label(Operation operation, MessageKind kind) {
    String end = kind == operation.pattern().first() ? end(operation.pattern()) : "Response";
    return operation.name().operation() + end;
  }

  private static String end(MessageExchangePattern pattern) {
    if (pattern.second() == Second.NONE) {
      return "";
    }
    return pattern.first() == MessageKind.INPUT ? "Request" : "Solicit";
  }

  private static String joint(Operation operation) {
    String namespace = operation.name().interfaceName().getNamespaceURI();
    return namespace.startsWith("urn:") ? ":" : "/";
  }
}
