package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import dev.parley.expression.ExpressionException;
import dev.parley.expression.Expressions;
import dev.parley.expression.Extractor;
import dev.parley.expression.Language;
import dev.parley.expression.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles correlation property retrieval expressions (BPMN 2.0.2, clause 8.4.2). */
final class Retrievals {
  private final Expressions expressions;
  private final Findings findings;

  Retrievals(Expressions expressions, Findings findings) {
    this.expressions = expressions;
    this.findings = findings;
  }

  /** By property id, in the order of the values; all at once, since one pass finds them all. */
  Optional<Extractor> compile(Map<String, Formal> paths) {
    boolean sound = true;
    for (var path : paths.entrySet()) {
      sound &= isSound(path.getValue(), path.getKey());
    }
    return sound ? extractor(paths) : Optional.empty();
  }

  /** Finds nothing. */
  Extractor none() {
    return extractor(Map.of()).orElseThrow();
  }

  /** Alone, so that a finding names the place in this expression and not in the combined one. */
  private boolean isSound(Formal formal, String property) {
    if (!isXPath(formal, property)) {
      return false;
    }
    try {
      expressions.compile(Language.XPATH, formal.text(), formal.namespaces(), Set.of());
      return true;
    } catch (ExpressionException e) {
      Formulas.report(e, formal, property, findings);
      return false;
    }
  }

  private Optional<Extractor> extractor(Map<String, Formal> paths) {
    var list = paths.values().stream().map(f -> new Path(f.text(), f.namespaces())).toList();
    try {
      return Optional.of(expressions.extractor(list));
    } catch (ExpressionException e) {
      var first = paths.entrySet().iterator().next();
      Formulas.report(e, first.getValue(), String.join(", ", paths.keySet()), findings);
      return Optional.empty();
    }
  }

  private boolean isXPath(Formal formal, String property) {
    boolean xpath = Language.ofUri(formal.language()).filter(l -> l == Language.XPATH).isPresent();
    if (!xpath) {
      findings.error(
          formal.location(),
          property,
          Rule.EXPRESSION_LANGUAGE,
          "Expected a retrieval expression in XPath, but its language is '%s'."
              .formatted(formal.language()),
          "Use http://www.w3.org/1999/XPath.");
    }
    return xpath;
  }
}
