package dev.parley.expression;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.saxon.trans.XPathException;

/** Compiles expressions; thread-safe, one for the gateway. */
public final class Expressions {
  private static final Map<String, String> PREDECLARED =
      Map.of(
          "parley", UuidFunction.NAMESPACE,
          "xs", "http://www.w3.org/2001/XMLSchema",
          "fn", "http://www.w3.org/2005/xpath-functions",
          "map", "http://www.w3.org/2005/xpath-functions/map",
          "array", "http://www.w3.org/2005/xpath-functions/array",
          "math", "http://www.w3.org/2005/xpath-functions/math");

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Duration limit;

  public Expressions() {
    this(LIMIT);
  }

  /** With a limit to how long an evaluation may take. */
  public Expressions(Duration limit) {
    this.limit = limit;
  }

  /**
   * Compiles an expression.
   *
   * @param namespaces URI by prefix; {@code xs, fn, map, array, math} and {@code parley} are known
   *     without
   * @param variables names of the data items in scope
   */
  public Expression compile(
      Language language, String text, Map<String, String> namespaces, Set<String> variables)
      throws ExpressionException {
    var prefixes = new HashMap<>(PREDECLARED);
    prefixes.putAll(namespaces);
    var scope = new Scope(variables);
    try {
      return new Expression(
          text,
          scope,
          limit,
          ScopedValue.where(Scope.CURRENT, scope)
              .call(
                  () ->
                      switch (language) {
                        case XPATH -> XPathProgram.compile(text, prefixes, scope);
                        case XQUERY -> XQueryProgram.compile(text, prefixes, scope);
                      }));
    } catch (XPathException e) {
      throw new ExpressionException(explain(Diagnosis.of(e), scope));
    } catch (RuntimeException e) {
      // Some errors of a query the compiler meets with an internal one of its own.
      var problem = "The compiler cannot make sense of it: " + Diagnosis.tidy(e.getMessage());
      throw new ExpressionException(new Diagnosis(0, 0, "", problem), e);
    }
  }

  /** Prepares to take correlation values out of messages. */
  public Extractor extractor(List<Path> paths) throws ExpressionException {
    return Extractor.of(paths, this);
  }

  private static Diagnosis explain(Diagnosis diagnosis, Scope scope) {
    return diagnosis.code().equals("XPST0008")
            && diagnosis.problem().contains("ariable")
            && !diagnosis.problem().contains("in scope")
        ? diagnosis.withProblem(diagnosis.problem() + "; " + scope)
        : diagnosis;
  }
}
