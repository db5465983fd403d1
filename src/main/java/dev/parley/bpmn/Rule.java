package dev.parley.bpmn;

/** The stable names of this package's rules. */
final class Rule {

  static final String SCHEMA = "bpmn.schema";
  static final String DUPLICATE_ID = "bpmn.duplicate-id";
  static final String ID_MISSING = "bpmn.id-missing";
  static final String UNSUPPORTED_ELEMENT = "bpmn.unsupported-element";
  static final String UNSUPPORTED_ATTRIBUTE = "bpmn.unsupported-attribute";
  static final String UNSUPPORTED_IMPORT = "bpmn.unsupported-import";
  static final String UNKNOWN_ATTRIBUTE = "bpmn.unknown-attribute";
  static final String FOREIGN_ATTRIBUTE = "bpmn.foreign-attribute";
  static final String NOTHING_EXECUTABLE = "bpmn.nothing-executable";
  static final String IMPORT_FILE = "bpmn.import-file";
  static final String REFERENCE = "bpmn.reference";
  static final String QNAME = "bpmn.qname";
  static final String IMPLEMENTATION_REF = "bpmn.implementation-ref";
  static final String EXPRESSION = "bpmn.expression";
  static final String CORRELATION = "bpmn.correlation";
  static final String CONTRADICTION = "bpmn.contradiction";
  static final String MESSAGE = "bpmn.message";
  static final String EVENT_DEFINITION = "bpmn.event-definition";
  static final String TIMER = "bpmn.timer";
  static final String LOOP = "bpmn.loop";
  static final String LINK = "bpmn.link";
  static final String SUB_PROCESS = "bpmn.sub-process";
  static final String EVENT_GATEWAY = "bpmn.event-gateway";
  static final String SCRIPT = "bpmn.script";
  static final String CALLED_ELEMENT = "bpmn.called-element";
  static final String DATA = "bpmn.data";
  static final String MESSAGE_FLOW = "bpmn.message-flow";
  static final String MESSAGE_FLOW_INSIDE_POOL = "bpmn.message-flow-inside-pool";
  static final String SEQUENCE_FLOW = "bpmn.sequence-flow";
  static final String SEQUENCE_FLOW_LEAVES_POOL = "bpmn.sequence-flow-leaves-pool";
  static final String NO_START = "bpmn.no-start";
  static final String START_WITH_INCOMING = "bpmn.start-with-incoming";
  static final String END_WITH_OUTGOING = "bpmn.end-with-outgoing";
  static final String BOUNDARY = "bpmn.boundary";
  static final String UNREACHABLE = "bpmn.unreachable";
  static final String DEFAULT_FLOW = "bpmn.default-flow";
  static final String CONDITION_MISSING = "bpmn.condition-missing";
  static final String CONDITION_MISPLACED = "bpmn.condition-misplaced";
  static final String GATEWAY_DIRECTION = "bpmn.gateway-direction";

  private Rule() {}
}
