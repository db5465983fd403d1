package dev.parley.conformance.language;

import dev.parley.conformance.language.Placeholders.Part;
import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Texts with placeholders: what they name is there. */
final class TextCheck {
  private final List<Finding> findings;
  private final Set<String> partners = new HashSet<>();
  private final Set<String> captures = new HashSet<>();

  TextCheck(List<Finding> findings) {
    this.findings = findings;
  }

  void knowPartner(String name) {
    partners.add(name);
  }

  void patterns(Location at, Collection<String> texts) {
    texts.forEach(t -> pattern(at, t));
  }

  /** A text that is expected: what it captures is known from then on. */
  void pattern(Location at, String text) {
    for (var part : parts(at, text)) {
      if (part instanceof Part.Name(var name)) {
        captures.add(name);
      }
    }
  }

  void filled(Location at, Collection<String> texts) {
    texts.forEach(t -> filled(at, t));
  }

  /** A text that is sent: what was captured before, and nothing to be matched. */
  private void filled(Location at, String text) {
    for (var part : parts(at, text)) {
      boolean fine =
          switch (part) {
            case Part.Literal _, Part.OfRequest _, Part.AddressOf _ -> true;
            case Part.Name(var name) -> captures.contains(name);
            case Part.Any _, Part.Matches _ -> false;
          };
      if (!fine) {
        error(
            at,
            "case.capture",
            "Expected ${name} of something captured before, but found '%s'; captured are: %s."
                .formatted(text.strip(), String.join(", ", new TreeSet<>(captures))),
            "Capture it with ${name} in an expectation before.");
      }
    }
  }

  void parts(Location at, Collection<String> texts) {
    texts.forEach(t -> parts(at, t));
  }

  private List<Part> parts(Location at, String text) {
    try {
      var parts = Placeholders.parse(text);
      parts.forEach(p -> checkPartner(at, p));
      return parts;
    } catch (IllegalArgumentException e) {
      error(at, "case.placeholder", e.getMessage() + ".", "See docs/conformance.md.");
      return List.of();
    }
  }

  private void checkPartner(Location at, Part part) {
    if (part instanceof Part.AddressOf(var name) && !partners.contains(name)) {
      error(
          at,
          "case.partner",
          "Expected the address of a partner that the case has, but found '%s'; it has: %s."
              .formatted(name, String.join(", ", new TreeSet<>(partners))),
          "Add a <partner name=\"%s\">, or correct the name.".formatted(name));
    }
  }

  private void error(Location at, String rule, String problem, String remedy) {
    findings.add(Finding.error(at, "", rule, problem, remedy));
  }
}
