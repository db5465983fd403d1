package dev.parley.expression;

import net.sf.saxon.trans.UncheckedXPathException;
import net.sf.saxon.trans.XPathException;

/** An expression or a value did not give what was asked of it. */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public EvaluationException(String message) {
    super(message);
    this.code = "";
  }

  EvaluationException(Diagnosis diagnosis) {
    super(diagnosis.toString());
    this.code = diagnosis.code();
  }

  /** What the evaluator wrapped on its way out; its own failures too end one evaluation only. */
  static EvaluationException of(RuntimeException thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof EvaluationException known) {
        return known;
      }
      if (e instanceof XPathException known) {
        return new EvaluationException(Diagnosis.of(known));
      }
      if (e instanceof UncheckedXPathException known) {
        return new EvaluationException(Diagnosis.of(known.getXPathException()));
      }
    }
    var unexpected =
        new EvaluationException("The evaluator failed: " + Diagnosis.tidy(thrown.getMessage()));
    unexpected.initCause(thrown);
    return unexpected;
  }

  /** The local name of the error's code, for instance {@code FORG0001}; empty where it has none. */
  public String code() {
    return code;
  }
}
