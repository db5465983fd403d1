package dev.parley.expression;

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
          scope,
          ScopedValue.where(Scope.CURRENT, scope)
              .call(
                  () ->
                      switch (language) {
                        case XPATH -> XPathProgram.compile(text, prefixes, scope);
                        case XQUERY -> XQueryProgram.compile(text, prefixes, scope);
                      }));
    } catch (XPathException e) {
      throw new ExpressionException(explain(Diagnosis.of(e), scope));
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
