package dev.parley.engine;

import dev.parley.message.Body;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An error on its way to whoever catches it (BPMN 2.0.2, clause 10.5.6); never leaves the engine.
 */
final class BpmnError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String NAMESPACE = "urn:parley:1";

  static final QName DELIVERY_FAILED = new QName(NAMESPACE, "DeliveryFailed");
  static final QName DELIVERY_TIMEOUT = new QName(NAMESPACE, "DeliveryTimeout");
  static final QName EXPRESSION_FAILED = new QName(NAMESPACE, "ExpressionFailed");
  static final QName MISSING_REQUEST = new QName(NAMESPACE, "MissingRequest");
  static final QName CORRELATION_VIOLATION = new QName(NAMESPACE, "CorrelationViolation");
  static final QName NO_FLOW = new QName(NAMESPACE, "NoFlowTaken");
  static final QName ENDLESS_LOOP = new QName(NAMESPACE, "EndlessLoop");

  static final QName CALL_FAILED = new QName(NAMESPACE, "CallFailed");

  /** What a user or a called process gives is not what the activity expects. */
  static final QName INVALID_DATA = new QName(NAMESPACE, "InvalidData");

  private final transient QName code;
  private final transient @Nullable Body data;

  BpmnError(QName code, String reason, @Nullable Body data) {
    super(reason, null, false, false);
    this.code = code;
    this.data = data;
  }

  BpmnError(QName code, String reason) {
    this(code, reason, null);
  }

  /** With data only where there is some: nothing is kept where a partner or process gave none. */
  static BpmnError of(QName code, String reason, Body data) {
    return new BpmnError(code, reason, data.isEmpty() ? null : data);
  }

  QName code() {
    return code;
  }

  @Nullable Body data() {
    return data;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
