package dev.parley.expression;

import net.sf.saxon.trans.UncheckedXPathException;
import net.sf.saxon.trans.XPathException;

/** A compiled expression; immutable and thread-safe. */
public final class Expression {
  private final Scope scope;
  private final Program program;

  Expression(Scope scope, Program program) {
    this.scope = scope;
    this.program = program;
  }

  /** Throws EvaluationException when it fails, which the same environment will make it do again. */
  public Value evaluate(Environment environment) {
    try {
      return ScopedValue.where(Evaluation.CURRENT, new Evaluation(environment, scope))
          .call(() -> Value.result(program.run(environment)));
    } catch (XPathException e) {
      throw new EvaluationException(Diagnosis.of(e));
    } catch (UncheckedXPathException e) {
      throw new EvaluationException(Diagnosis.of(e.getXPathException()));
    } catch (StackOverflowError e) {
      throw new EvaluationException("The expression recurses too deep");
    }
  }
}
