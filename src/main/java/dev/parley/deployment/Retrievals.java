package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import dev.parley.expression.ExpressionException;
import dev.parley.expression.Expressions;
import dev.parley.expression.Extractor;
import dev.parley.expression.Language;
import dev.parley.expression.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
      sound &= compile(List.of(path.getValue()), path.getKey()).isPresent();
    }
    return sound
        ? compile(List.copyOf(paths.values()), String.join(", ", paths.keySet()))
        : Optional.empty();
  }

  private Optional<Extractor> compile(List<Formal> formals, String property) {
    try {
      if (formals.stream().allMatch(f -> isXPath(f, property))) {
        return Optional.of(
            expressions.extractor(
                formals.stream().map(f -> new Path(f.text(), f.namespaces())).toList()));
      }
    } catch (ExpressionException e) {
      Formulas.report(e, formals.getFirst(), property, findings);
    }
    return Optional.empty();
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
