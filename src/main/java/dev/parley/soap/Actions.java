package dev.parley.soap;

import dev.parley.message.Fault;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Operation;

/**
 * The actions of messages whose WSDL names none (WS-Addressing 1.0 Metadata, section 4.4.4), with
 * the names that WSDL 1.1, section 2.4.5, gives to messages that have none.
 */
final class Actions {
  private Actions() {}

  /** Namespace, port type and operation, joined as the namespace's scheme asks. */
  static String base(Operation operation) {
    var type = operation.name().interfaceName();
    String namespace = type.getNamespaceURI();
    String joint = joint(operation);
    String start = namespace.endsWith(joint) ? namespace : namespace + joint;
    return start + type.getLocalPart() + joint + operation.name().operation();
  }

  /** Of the message that begins the exchange. */
  static String first(Operation operation) {
    return base(operation) + nameEnd(operation.pattern());
  }

  static String reply(Operation operation) {
    return base(operation) + "Response";
  }

  /** Of the operation's input or output. */
  static String of(Operation operation, MessageKind kind) {
    return kind == operation.pattern().first() ? first(operation) : reply(operation);
  }

  /** Declared faults have actions of their own only in WS-Addressing 1.0. */
  static String of(Operation operation, Fault fault, AddressingVersion version) {
    return switch (fault) {
      case Fault.Declared declared when version == AddressingVersion.CORE ->
          String.join(joint(operation), base(operation), "Fault", declared.name().getLocalPart());
      case Fault.Declared _, Fault.Gateway _, Fault.Undeclared _ -> version.faultAction();
    };
  }

  private static String nameEnd(MessageExchangePattern pattern) {
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
