package dev.parley.deployment;

import dev.parley.expression.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Data that is expected under a name (BPMN 2.0.2, clause 10.4.2).
 *
 * @param element that it must be; empty where the model leaves that open
 */
public record Expected(String name, Optional<QName> element, boolean isOptional) {

  /** What is wrong with data given by name; empty when it is as expected. */
  public static Optional<String> problem(List<Expected> expected, Map<String, Value> given) {
    for (var name : given.keySet()) {
      if (expected.stream().noneMatch(e -> e.name().equals(name))) {
        return Optional.of("Expected %s, but found '%s'".formatted(names(expected), name));
      }
    }
    return expected.stream().flatMap(e -> e.problem(given.get(e.name())).stream()).findFirst();
  }

  private Optional<String> problem(@Nullable Value value) {
    if (value == null) {
      return isOptional
          ? Optional.empty()
          : Optional.of("Expected '%s', but it is absent".formatted(name));
    }
    return element
        .filter(e -> !value.element().equals(element))
        .map(
            e ->
                "Expected '%s' to be an element %s, but found %s"
                    .formatted(
                        name, e, value.element().map(QName::toString).orElse(value.toString())));
  }

  private static String names(List<Expected> expected) {
    return expected.isEmpty()
        ? "no data"
        : expected.stream().map(e -> "'" + e.name() + "'").collect(Collectors.joining(", "));
  }
}
