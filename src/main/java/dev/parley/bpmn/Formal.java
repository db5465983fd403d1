package dev.parley.bpmn;

import dev.parley.finding.Location;
import java.util.HashMap;
import java.util.Map;

/**
 * An expression as the model has it (BPMN 2.0.2, clause 8.4.6), not yet compiled.
 *
 * @param language URI: its own, else the file's expressionLanguage
 * @param namespaces prefixes in scope where it stands; BPMN's own is nobody's default, for no data
 *     is in it, and the parts of rpc messages are in none
 */
public record Formal(
    String text, String language, Map<String, String> namespaces, Location location) {
  public Formal {
    var inScope = new HashMap<>(namespaces);
    inScope.remove("", XmlElement.BPMN);
    namespaces = Map.copyOf(inScope);
  }
}
