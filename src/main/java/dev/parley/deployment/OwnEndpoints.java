package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the expressions of a process ask for the endpoint reference of its instance. */
final class OwnEndpoints {
  private static final Pattern CALL =
      Pattern.compile("own-endpoint\\s*\\(\\s*(?:'([^']*)'|\"([^\"]*)\")");

  private final Findings findings;
  private final List<Asked> asked = new ArrayList<>();

  OwnEndpoints(Findings findings) {
    this.findings = findings;
  }

  private record Asked(Formal formal, String element) {}

  /** A comment that mentions it counts, which does no harm. */
  void lookInto(Formal formal, String element) {
    if (formal.text().contains("own-endpoint")) {
      asked.add(new Asked(formal, element));
    }
  }

  boolean areAskedFor() {
    return !asked.isEmpty();
  }

  /**
   * Each by the name of a port that the process is hosted at; what is computed is not looked at.
   */
  void check(List<ServicePort> ports) {
    var names = ports.stream().map(p -> p.port().name()).distinct().toList();
    for (var each : asked) {
      var calls = CALL.matcher(each.formal().text());
      while (calls.find()) {
        var name = calls.group(1) == null ? calls.group(2) : calls.group(1);
        if (!names.contains(name)) {
          findings.error(
              each.formal().location(),
              each.element(),
              Rule.UNKNOWN_PORT,
              "Expected parley:own-endpoint to name a port that the process is hosted at, which are %s, but found '%s'."
                  .formatted(
                      names.isEmpty()
                          ? "none"
                          : names.stream().sorted().collect(Collectors.joining(", ")),
                      name),
              "Name one of them, or receive an operation of the port's interface.");
        }
      }
    }
  }
}
