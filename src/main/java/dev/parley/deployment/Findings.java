package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found so far in a bundle; the same finding twice is one. */
final class Findings {
  private static final Comparator<Finding> ORDER =
      Comparator.<Finding>naturalOrder()
          .thenComparing(Finding::element)
          .thenComparing(Finding::rule)
          .thenComparing(Finding::problem);

  private final Set<Finding> found = new LinkedHashSet<>();

  void error(Location at, String element, String rule, String problem, String remedy) {
    found.add(Finding.error(at, element, rule, problem, remedy));
  }

  void warning(Location at, String element, String rule, String problem, String remedy) {
    found.add(Finding.warning(at, element, rule, problem, remedy));
  }

  void advice(Node at, String rule, String problem, String remedy) {
    found.add(Finding.advice(at.location(), at.id(), rule, problem, remedy));
  }

  void addAll(Collection<Finding> others) {
    found.addAll(others);
  }

  /** By file, line and column. */
  List<Finding> sorted() {
    return found.stream().sorted(ORDER).toList();
  }

  /** How many errors there are so far. */
  int errors() {
    return (int) found.stream().filter(Finding::isError).count();
  }

  void refuseErrors() throws RefusedException {
    if (found.stream().anyMatch(Finding::isError)) {
      throw new RefusedException(sorted());
    }
  }

  static RefusedException refusal(
      Location at, String element, String rule, String problem, String remedy) {
    return new RefusedException(List.of(Finding.error(at, element, rule, problem, remedy)));
  }
}
