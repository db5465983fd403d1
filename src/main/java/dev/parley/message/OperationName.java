package dev.parley.message;

import javax.xml.namespace.QName;

/** An operation of an interface (WSDL 2.0; port type in WSDL 1.1). */
public record OperationName(QName interfaceName, String operation) {
  private static final QName MESSAGES = new QName("urn:parley:1", "messages");

  /** The in-only operation that a message stands for which no WSDL operation carries. */
  public static OperationName ofMessage(String name) {
    return new OperationName(MESSAGES, name);
  }

  /** Whether this stands for a message of the simple message protocol. */
  public boolean isSimpleMessage() {
    return interfaceName.equals(MESSAGES);
  }

  @Override
  public String toString() {
    return interfaceName + "." + operation;
  }
}
