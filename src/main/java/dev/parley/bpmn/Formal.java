package dev.parley.bpmn;

import dev.parley.finding.Location;
import java.util.Map;

/**
 * An expression as the model has it (BPMN 2.0.2, clause 8.4.6), not yet compiled.
 *
 * @param language URI: its own, else the file's expressionLanguage
 * @param namespaces prefixes in scope where it stands
 */
public record Formal(
    String text, String language, Map<String, String> namespaces, Location location) {
  public Formal {
    namespaces = Map.copyOf(namespaces);
  }
}
