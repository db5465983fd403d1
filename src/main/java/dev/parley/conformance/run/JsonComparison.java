package dev.parley.conformance.run;

import dev.parley.conformance.language.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON held against JSON with placeholders. The order of members does not matter. */
final class JsonComparison {
  private static final String ANY = "${any}";

  private final Bindings bindings;
  private final Map<String, String> captured = new HashMap<>();

  private JsonComparison(Bindings bindings) {
    this.bindings = bindings;
  }

  /** The first difference; empty where they are equal: then what was captured is kept. */
  static Optional<String> difference(Json expected, Json actual, Bindings bindings) {
    var comparison = new JsonComparison(bindings);
    var difference = comparison.difference("", expected.node(), actual.node());
    if (difference.isEmpty()) {
      bindings.keep(comparison.captured);
    }
    return difference;
  }

  private Optional<String> difference(String at, JsonNode expected, JsonNode actual) {
    if (expected.isString() && expected.asString().strip().equals(ANY)) {
      return Optional.empty();
    }
    if (expected.isObject() && actual.isObject()) {
      return members(at, expected, actual);
    }
    if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      return items(at, expected, actual);
    }
    return fits(expected, actual)
        ? Optional.empty()
        : Optional.of(
            "%s is %s".formatted(at.isEmpty() ? "the whole" : "'" + at.substring(1) + "'", actual));
  }

  private boolean fits(JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    if (expected.isString() && actual.isString()) {
      return bindings.matches(expected.asString(), actual.asString(), captured);
    }
    return expected.equals(actual);
  }

  private Optional<String> members(String at, JsonNode expected, JsonNode actual) {
    var names = new TreeSet<>(expected.propertyNames());
    names.addAll(actual.propertyNames());
    return names.stream()
        .flatMap(n -> member(at + "/" + n, expected.get(n), actual.get(n)).stream())
        .findFirst();
  }

  private Optional<String> member(
      String at, @Nullable JsonNode expected, @Nullable JsonNode actual) {
    if (expected == null || actual == null) {
      return Optional.of(
          "'%s' is %s".formatted(at.substring(1), actual == null ? "missing" : "too many"));
    }
    return difference(at, expected, actual);
  }

  private Optional<String> items(String at, JsonNode expected, JsonNode actual) {
    return IntStream.range(0, expected.size())
        .boxed()
        .flatMap(i -> difference(at + "/" + i, expected.get(i), actual.get(i)).stream())
        .findFirst();
  }
}
