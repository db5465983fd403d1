package dev.parley.soap;

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
    String joint = namespace.startsWith("urn:") ? ":" : "/";
    String start = namespace.endsWith(joint) ? namespace : namespace + joint;
    return start + type.getLocalPart() + joint + operation.name().operation();
  }

  static String reply(Operation operation) {
    return base(operation) + "Response";
  }
}
