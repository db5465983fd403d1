package dev.parley.message;

import javax.xml.namespace.QName;

/** An operation of an interface (WSDL 2.0; port type in WSDL 1.1). */
public record OperationName(QName interfaceName, String operation) {
  @Override
  public String toString() {
    return interfaceName + "." + operation;
  }
}
