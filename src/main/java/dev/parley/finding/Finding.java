package dev.parley.finding;

import java.util.Locale;

/**
 * One thing a reader found: an error refuses the bundle, a warning or an advice does not.
 *
 * @param element id or name of the element concerned; empty when there is none
 * @param rule short stable name of the rule, for instance {@code bpmn.unsupported-element}
 * @param problem what was expected and what was found, a whole sentence
 * @param remedy what to do, a whole sentence
 */
public record Finding(
    Severity severity,
    Location location,
    String element,
    String rule,
    String problem,
    String remedy)
    implements Comparable<Finding> {

  /** Whether a finding refuses the bundle. */
  public enum Severity {
    ERROR,
    WARNING,
    /** Found only when it is asked for. */
    ADVICE
  }

  public static Finding error(
      Location location, String element, String rule, String problem, String remedy) {
    return new Finding(Severity.ERROR, location, element, rule, problem, remedy);
  }

  public static Finding warning(
      Location location, String element, String rule, String problem, String remedy) {
    return new Finding(Severity.WARNING, location, element, rule, problem, remedy);
  }

  public static Finding advice(
      Location location, String element, String rule, String problem, String remedy) {
    return new Finding(Severity.ADVICE, location, element, rule, problem, remedy);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public int compareTo(Finding other) {
    return location.compareTo(other.location);
  }

  /** As a compiler prints it. */
  @Override
  public String toString() {
    return "%s: %s: %s%s [%s] %s"
        .formatted(
            location,
            severity.name().toLowerCase(Locale.ROOT),
            element.isEmpty() ? "" : "'" + element + "': ",
            problem,
            rule,
            remedy);
  }
}
