package dev.parley.message;

/** What a message is to its operation (WSDL 1.1, section 2.4). */
public enum MessageKind {
  INPUT,
  OUTPUT,
  FAULT
}
