package dev.parley.bpmn;

import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found so far in one file; the same finding twice is one. */
final class Findings {

  private final Set<Finding> found = new LinkedHashSet<>();

  void error(XmlElement at, String rule, String problem, String remedy) {
    found.add(Finding.error(at.location(), at.label(), rule, problem, remedy));
  }

  void warning(XmlElement at, String rule, String problem, String remedy) {
    found.add(Finding.warning(at.location(), at.label(), rule, problem, remedy));
  }

  /** A reference that names nothing; the schema's identity check and ours may both find it. */
  void dangling(XmlElement holder, String role, String id) {
    error(
        holder,
        Rule.REFERENCE,
        "Expected %s to name an element of this file, but nothing has the id '%s'."
            .formatted(role, id),
        "Correct the reference, or add the element.");
  }

  boolean has(String rule) {
    return found.stream().anyMatch(f -> f.rule().equals(rule));
  }

  void refuseErrors() throws RefusedException {
    if (found.stream().anyMatch(Finding::isError)) {
      throw new RefusedException(List.copyOf(found));
    }
  }

  /** All that is left when nothing was refused. */
  List<Finding> warnings() {
    return found.stream().sorted().toList();
  }
}
