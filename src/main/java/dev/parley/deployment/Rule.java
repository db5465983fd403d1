package dev.parley.deployment;

/** The stable names of this package's rules. */
final class Rule {
  static final String AMBIGUOUS_DATA = "deployment.ambiguous-data";
  static final String AMBIGUOUS_ERROR = "deployment.ambiguous-error";
  static final String AMBIGUOUS_MESSAGE = "deployment.ambiguous-message";
  static final String AMBIGUOUS_PARTICIPANT = "deployment.ambiguous-participant";
  static final String CALLBACK = "deployment.callback";
  static final String CALLED_ELSEWHERE = "deployment.called-elsewhere";
  static final String CORRELATION_SUBSCRIPTION = "deployment.correlation-subscription";
  static final String DATA_TYPE = "deployment.data-type";
  static final String DUPLICATE_DATA_NAME = "deployment.duplicate-data-name";
  static final String DUPLICATE_PROCESS = "deployment.duplicate-process";
  static final String DUPLICATE_START = "deployment.duplicate-start";
  static final String ERROR_CODE = "deployment.error-code";
  static final String ERROR_NEVER_RAISED = "deployment.error-never-raised";
  static final String ERROR_TYPE = "deployment.error-type";
  static final String EXPRESSION = "deployment.expression";
  static final String EXPRESSION_LANGUAGE = "deployment.expression-language";
  static final String IDENTITY = "deployment.identity";
  static final String INCOMPLETE_KEY = "deployment.incomplete-key";
  static final String MESSAGE_NOT_OF_OPERATION = "deployment.message-not-of-operation";
  static final String MESSAGE_TYPE = "deployment.message-type";
  static final String NO_ENDPOINT = "deployment.no-endpoint";
  static final String NO_PORT = "deployment.no-port";
  static final String NOT_RECEIVED = "deployment.not-received";
  static final String NOT_EXECUTED = "deployment.not-executed";
  static final String NOTHING_TO_KEEP = "deployment.nothing-to-keep";
  static final String OPERATION_NOT_RECEIVED = "deployment.operation-not-received";
  static final String PARTICIPANT_INTERFACE = "deployment.participant-interface";
  static final String PORT_NAME = "deployment.port-name";
  static final String PROCESS_KEY = "deployment.process-key";
  static final String REPLY_ENDPOINT = "deployment.reply-endpoint";
  static final String REPLY_WITHOUT_RECEIVE = "deployment.reply-without-receive";
  static final String RESPONSE_DROPPED = "deployment.response-dropped";
  static final String RESPONSE_WITHOUT_REQUEST = "deployment.response-without-request";
  static final String SETTING = "deployment.setting";
  static final String TIMER = "deployment.timer";
  static final String TWO_SOURCES = "deployment.two-sources";
  static final String UNCORRELATED_RECEIVE = "deployment.uncorrelated-receive";
  static final String UNKNOWN_INTERFACE = "deployment.unknown-interface";
  static final String UNKNOWN_OPERATION = "deployment.unknown-operation";
  static final String UNKNOWN_PORT = "deployment.unknown-port";
  static final String UNKNOWN_SETTING = "deployment.unknown-setting";
  static final String UNUSED_DATA_OBJECT = "deployment.unused-data-object";
  static final String UNUSED_KEY = "deployment.unused-key";

  private Rule() {}
}
