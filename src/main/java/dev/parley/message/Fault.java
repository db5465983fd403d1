package dev.parley.message;

import javax.xml.namespace.QName;

/** Why an exchange did not go well: exactly one of three kinds. */
public sealed interface Fault {

  /** For a human being; leaks nothing of the gateway's insides. */
  String reason();

  /** A fault that the operation declares (WSDL 1.1, section 2.4.2); detail is its body element. */
  record Declared(QName name, Body detail, String reason) implements Fault {}

  /** The gateway's own; its detail is typed in the namespace {@code urn:parley:fault:1}. */
  record Gateway(FaultKind kind, String reason, String remedy) implements Fault {}

  /** A fault that no contract declares, as a partner sent it; code and detail as they came. */
  record Undeclared(QName code, String reason, Body detail) implements Fault {}

  static Gateway of(FaultKind kind, String reason, String remedy) {
    return new Gateway(kind, reason, remedy);
  }
}
