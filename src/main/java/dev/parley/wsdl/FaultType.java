package dev.parley.wsdl;

/** A fault that an operation declares, by the name it has there. */
public record FaultType(String name, MessageType message) {}
