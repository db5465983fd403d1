package dev.parley.deployment;

import dev.parley.finding.Location;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/** Reads the attributes of our namespace on one element; what is no value becomes a finding. */
record SettingsReader(
    Map<String, String> attributes, String element, Location location, Findings findings) {

  Duration duration(String name, Duration otherwise) {
    return value(name, "a positive duration such as PT1H30M", SettingsReader::parsedDuration)
        .orElse(otherwise);
  }

  Optional<Duration> duration(String name) {
    return value(name, "a positive duration such as PT1H30M", SettingsReader::parsedDuration);
  }

  int count(String name, int otherwise) {
    return value(name, "a whole number of at least 1", SettingsReader::count).orElse(otherwise);
  }

  double factor(String name, double otherwise) {
    return value(name, "a number of at least 1", SettingsReader::factor).orElse(otherwise);
  }

  <T> T choice(String name, Map<String, T> choices, T otherwise) {
    var expected = "one of " + String.join(", ", new TreeMap<>(choices).keySet());
    return value(name, expected, text -> Optional.ofNullable(choices.get(text))).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return attributes.getOrDefault(name, otherwise);
  }

  /** Names in the form {@code {namespace}local}, separated by white space. */
  Set<QName> names(String name) {
    return value(
            name,
            "names as {namespace}local, separated by spaces",
            text ->
                text.isEmpty()
                        || !text.matches("\\{[^{}\\s]*\\}[^{}\\s]+(\\s+\\{[^{}\\s]*\\}[^{}\\s]+)*")
                    ? Optional.empty()
                    : Optional.of(
                        Stream.of(text.split("\\s+", -1))
                            .map(QName::valueOf)
                            .collect(Collectors.toSet())))
        .orElse(Set.of());
  }

  void refuse(String name, String rule, String problem, String remedy) {
    if (attributes.containsKey(name)) {
      findings.error(location, element, rule, problem, remedy);
    }
  }

  private <T> Optional<T> value(
      String name, String expected, Function<String, Optional<T>> reader) {
    var text = attributes.get(name);
    if (text == null) {
      return Optional.empty();
    }
    var value = reader.apply(text.strip());
    if (value.isEmpty()) {
      findings.error(
          location,
          element,
          Rule.SETTING,
          "Expected parley:%s to be %s, but found '%s'.".formatted(name, expected, text),
          "Correct the value, or remove the attribute to get the default.");
    }
    return value;
  }

  private static Optional<Duration> parsedDuration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(Duration::isPositive);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> count(String text) {
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Integer.valueOf(text)).filter(n -> n >= 1)
        : Optional.empty();
  }

  private static Optional<Double> factor(String text) {
    return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
        ? Optional.of(Double.valueOf(text)).filter(n -> n >= 1)
        : Optional.empty();
  }
}
