package dev.parley.wsdl;

/** The stable names of this package's rules. */
final class Rule {
  static final String SCHEMA_IMPORT_NAMESPACE = "schema.import-namespace";
  static final String SCHEMA_IMPORT_UNRESOLVED = "schema.import-unresolved";
  static final String SCHEMA_INVALID = "schema.invalid";
  static final String SCHEMA_LOCATION = "schema.location";
  static final String ACTION_MISMATCH = "wsdl.action-mismatch";
  static final String BINDING_MESSAGE = "wsdl.binding-message";
  static final String BODY_TYPE = "wsdl.body-type";

  /** Goes on with what there is twice. */
  static final String DUPLICATE = "wsdl.duplicate-";

  static final String ENCODED_USE = "wsdl.encoded-use";
  static final String FAULT_NAME = "wsdl.fault-name";
  static final String FAULT_PART = "wsdl.fault-part";
  static final String HEADER_PART = "wsdl.header-part";
  static final String IMPORT_LOCATION = "wsdl.import-location";
  static final String IMPORT_NAMESPACE = "wsdl.import-namespace";
  static final String INVALID = "wsdl.invalid";
  static final String JMS_TRANSPORT = "wsdl.jms-transport";
  static final String MIXED_BINDINGS = "wsdl.mixed-bindings";
  static final String NOT_SOAP = "wsdl.not-soap";
  static final String NOT_WSDL = "wsdl.not-wsdl";
  static final String OPERATION_SHAPE = "wsdl.operation-shape";
  static final String OVERLOADED_OPERATION = "wsdl.overloaded-operation";
  static final String PATTERN_FAULTS = "wsdl.pattern-faults";
  static final String PATTERN_SHAPE = "wsdl.pattern-shape";
  static final String PATTERN_TWICE = "wsdl.pattern-twice";
  static final String RPC_NAMESPACE = "wsdl.rpc-namespace";
  static final String RPC_PART = "wsdl.rpc-part";
  static final String RPC_WRAPPER = "wsdl.rpc-wrapper";
  static final String SEVERAL_BODY_PARTS = "wsdl.several-body-parts";
  static final String STYLE = "wsdl.style";
  static final String TRANSPORT = "wsdl.transport";
  static final String UNDECLARED_ELEMENT = "wsdl.undeclared-element";
  static final String UNDECLARED_TYPE = "wsdl.undeclared-type";
  static final String UNKNOWN_PATTERN = "wsdl.unknown-pattern";
  static final String UNRESOLVED_BINDING = "wsdl.unresolved-binding";
  static final String UNRESOLVED_MESSAGE = "wsdl.unresolved-message";
  static final String UNRESOLVED_OPERATION = "wsdl.unresolved-operation";
  static final String UNRESOLVED_PART = "wsdl.unresolved-part";
  static final String UNRESOLVED_PORT_TYPE = "wsdl.unresolved-port-type";

  private Rule() {}
}
