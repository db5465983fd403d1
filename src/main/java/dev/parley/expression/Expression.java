package dev.parley.expression;

import java.time.Duration;
import java.util.regex.Pattern;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.trans.XPathException;

/** A compiled expression; immutable and thread-safe. */
public final class Expression {
  private final String text;
  private final Scope scope;
  private final Duration limit;
  private final Program program;

  Expression(String text, Scope scope, Duration limit, Program program) {
    this.text = text;
    this.limit = limit;
    this.scope = scope;
    this.program = program;
  }

  /** Whether its text names a data item; it may do so in a comment. */
  public boolean mentions(String variable) {
    return Pattern.compile("\\$" + Pattern.quote(variable) + "(?![\\w.-])").matcher(text).find();
  }

  /** Throws EvaluationException when it fails, which the same environment will make it do again. */
  public Value evaluate(Environment environment) {
    try {
      return ScopedValue.where(Evaluation.CURRENT, new Evaluation(environment, scope, limit))
          .call(() -> Value.result(bounded(program.run(environment))));
    } catch (XPathException e) {
      throw new EvaluationException(Diagnosis.of(e));
    } catch (RuntimeException e) {
      throw EvaluationException.of(e);
    } catch (StackOverflowError e) {
      throw new EvaluationException("The expression recurses too deep");
    }
  }

  private static GroundedValue bounded(GroundedValue result) throws XPathException {
    if (result.getLength() > Bounds.ITEMS) {
      throw Bounds.tooLong();
    }
    return result;
  }
}
