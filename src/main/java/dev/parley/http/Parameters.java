package dev.parley.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/** A request's query parameters: known ones, each once. */
final class Parameters {
  private Parameters() {}

  /** By name; a known name that ends with a dot stands for every name that begins with it. */
  static Map<String, String> of(Request request, Set<String> known) throws Refusal {
    var parameters = new LinkedHashMap<String, String>();
    for (var field : Request.extractQueryParameters(request)) {
      String name = field.getName();
      if (known.stream().noneMatch(k -> k.endsWith(".") ? name.startsWith(k) : name.equals(k))) {
        throw Refusal.of(
            400,
            "Bad Request",
            "Expected the parameters %s, but found '%s'.".formatted(names(known), name));
      }
      if (field.getValues().size() > 1) {
        throw Refusal.of(
            400, "Bad Request", "Expected '%s' once, but found it twice.".formatted(name));
      }
      parameters.put(name, field.getValue());
    }
    return parameters;
  }

  private static String names(Set<String> known) {
    return new TreeSet<>(known)
        .descendingSet().stream()
            .map(k -> "'" + (k.endsWith(".") ? k + "NAME" : k) + "'")
            .collect(Collectors.joining(" and "));
  }
}
