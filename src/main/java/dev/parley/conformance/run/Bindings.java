package dev.parley.conformance.run;

import dev.parley.conformance.language.Placeholders;
import dev.parley.conformance.language.Placeholders.Part;
import dev.parley.conformance.language.Xml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a case has captured so far. */
final class Bindings {
  private final Map<String, String> values = new HashMap<>();
  private final UnaryOperator<String> addresses;

  /**
   * @param addresses of partners, by their names
   */
  Bindings(UnaryOperator<String> addresses) {
    this.addresses = addresses;
  }

  /** With every name's value, and with texts of the request that is answered. */
  String fill(String text, Optional<Xml> request) {
    var filled = new StringBuilder();
    for (var part : Placeholders.parse(text)) {
      filled.append(
          switch (part) {
            case Part.Literal(var literal) -> literal;
            case Part.Name(var name) -> values.getOrDefault(name, "${" + name + "}");
            case Part.OfRequest(var element) -> request.flatMap(r -> r.first(element)).orElse("");
            case Part.AddressOf(var partner) -> addresses.apply(partner);
            case Part.Any _ -> "${any}";
            case Part.Matches(var regex) -> "${matches:" + regex + "}";
          });
    }
    return filled.toString();
  }

  UnaryOperator<String> filling(Optional<Xml> request) {
    return text -> fill(text, request);
  }

  /** Whether a text fits; then what was captured newly is kept. */
  boolean matches(String expected, String actual) {
    var captured = new HashMap<String, String>();
    boolean fits = matches(expected, actual, captured);
    if (fits) {
      values.putAll(captured);
    }
    return fits;
  }

  /** The same; what was captured is put there, and kept by {@link #keep} only. */
  boolean matches(String expected, String actual, Map<String, String> captured) {
    var parts = Placeholders.parse(expected.strip());
    var regex = new StringBuilder();
    var groups = new ArrayList<String>();
    for (var part : parts) {
      regex.append(regex(part, captured, groups));
    }
    var matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(actual.strip());
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < groups.size(); i++) {
      captured.put(groups.get(i), matcher.group("g" + i));
    }
    return true;
  }

  void keep(Map<String, String> captured) {
    values.putAll(captured);
  }

  private String regex(Part part, Map<String, String> captured, List<String> groups) {
    return switch (part) {
      case Part.Literal(var text) -> Pattern.quote(text);
      case Part.Any _, Part.OfRequest _ -> ".*";
      case Part.Matches(var regex) -> "(?:" + regex + ")";
      case Part.AddressOf(var partner) -> Pattern.quote(addresses.apply(partner));
      case Part.Name(var name) -> {
        var known = captured.getOrDefault(name, values.get(name));
        if (known != null) {
          yield Pattern.quote(known);
        }
        if (groups.contains(name)) {
          yield "\\k<g" + groups.indexOf(name) + ">";
        }
        groups.add(name);
        yield "(?<g" + (groups.size() - 1) + ">.+)";
      }
    };
  }
}
