package dev.parley.conformance.language;

import java.util.Map;
import java.util.Optional;

/**
 * A message as a case writes it.
 *
 * @param process empty where only one process of the case has the operation
 * @param soap {@code 1.1} or {@code 1.2}; empty: the port's
 * @param addressing WS-Addressing headers by their local name
 * @param headers of HTTP
 * @param text the whole entity, instead of an envelope
 */
public record Letter(
    Optional<String> process,
    String operation,
    Optional<String> soap,
    Map<String, String> addressing,
    Map<String, String> headers,
    Optional<String> text,
    Optional<Xml> body) {
  public Letter {
    addressing = Map.copyOf(addressing);
    headers = Map.copyOf(headers);
  }
}
