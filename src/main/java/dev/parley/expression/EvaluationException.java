package dev.parley.expression;

/** An expression or a value did not give what was asked of it. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  EvaluationException(String message) {
    super(message);
    this.code = "";
  }

  EvaluationException(Diagnosis diagnosis) {
    super(diagnosis.toString());
    this.code = diagnosis.code();
  }

  /** The local name of the error's code, for instance {@code FORG0001}; empty where it has none. */
  public String code() {
    return code;
  }
}
