package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import dev.parley.expression.Expression;
import dev.parley.expression.ExpressionException;
import dev.parley.expression.Expressions;
import dev.parley.expression.Language;
import dev.parley.finding.Location;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the expressions of a process; what does not compile becomes a finding. */
final class Formulas {
  private final Expressions expressions;
  private final DataItems data;
  private final OwnEndpoints ownEndpoints;
  private final Findings findings;

  Formulas(Expressions expressions, DataItems data, OwnEndpoints ownEndpoints, Findings findings) {
    this.expressions = expressions;
    this.data = data;
    this.ownEndpoints = ownEndpoints;
    this.findings = findings;
  }

  /** In the language that the model says. */
  Optional<Expression> compile(Formal formal, String element) {
    return compile(formal, element, data.variables(element));
  }

  /** One that calls more than data objects by their names. */
  Optional<Expression> compileWith(Collection<String> more, Formal formal, String element) {
    var variables = new HashSet<>(data.variables(element));
    variables.addAll(more);
    return compile(formal, element, variables);
  }

  /** One that is looked at before the loop of a node begins. */
  Optional<Expression> compileAround(Formal formal, String node) {
    return compile(formal, node, data.variablesAround(node));
  }

  private Optional<Expression> compile(Formal formal, String element, Set<String> variables) {
    return Language.ofUri(formal.language())
        .or(() -> unknownLanguage(formal, element))
        .flatMap(language -> compile(language, formal, element, variables));
  }

  /** In XQuery, which every XPath is too: for what makes XML. */
  Optional<Expression> compileConstructor(Formal formal, String element) {
    return compile(Language.XQUERY, formal, element, data.variables(element));
  }

  /** An expression whose value is this text. */
  Optional<Expression> literal(Formal formal, String element) {
    String quoted = "'" + formal.text().replace("'", "''") + "'";
    var literal = new Formal(quoted, formal.language(), Map.of(), formal.location());
    return compile(Language.XPATH, literal, element, Set.of());
  }

  private Optional<Expression> compile(
      Language language, Formal formal, String element, Set<String> variables) {
    data.useIn(formal.text());
    ownEndpoints.lookInto(formal, element);
    try {
      return Optional.of(
          expressions.compile(language, formal.text(), formal.namespaces(), variables));
    } catch (ExpressionException e) {
      report(e, formal, element, findings);
      return Optional.empty();
    }
  }

  private Optional<Language> unknownLanguage(Formal formal, String element) {
    refuse(
        formal,
        element,
        Rule.EXPRESSION_LANGUAGE,
        "Expected an expression in XPath or XQuery, but its language is '%s'."
            .formatted(formal.language()),
        "Use http://www.w3.org/1999/XPath or http://www.w3.org/XML/Query.");
    return Optional.empty();
  }

  void refuse(Formal formal, String element, String rule, String problem, String remedy) {
    findings.error(formal.location(), element, rule, problem, remedy);
  }

  static void report(ExpressionException e, Formal formal, String element, Findings findings) {
    findings.error(
        within(formal, e),
        element,
        Rule.EXPRESSION,
        "Expected an expression that compiles, but '%s' does not. %s"
            .formatted(shortened(formal.text()), e.getMessage()),
        "Correct the expression; data objects are $name, message parts are paths.");
  }

  /** A column is known only where the text's own line has one: the first line was stripped. */
  private static Location within(Formal formal, ExpressionException e) {
    var start = formal.location();
    return e.line() <= 1 || e.line() > formal.text().lines().count()
        ? start
        : new Location(start.file(), start.line() + e.line() - 1, e.column());
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
