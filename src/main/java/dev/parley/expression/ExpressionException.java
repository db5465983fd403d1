package dev.parley.expression;

/** An expression does not compile; the message says where and why, and cites the error's code. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  ExpressionException(Diagnosis diagnosis) {
    super(diagnosis.toString());
    this.line = diagnosis.line();
    this.column = diagnosis.column();
  }

  ExpressionException(Diagnosis diagnosis, Throwable cause) {
    this(diagnosis);
    initCause(cause);
  }

  /** Within the expression's text, from 1; 0 where it is unknown. */
  public int line() {
    return line;
  }

  /** Within the line, from 1; 0 where it is unknown. */
  public int column() {
    return column;
  }
}
