package dev.parley.conformance.run;

import dev.parley.conformance.language.Xml;
import java.util.Optional;

/**
 * A message that a partner got.
 *
 * @param action its SOAPAction, or its wsa:Action; empty when it bears none
 * @param messageId empty when it bears none
 * @param body empty where it has none, or none that is XML
 * @param raw as it came
 */
record Arrival(
    String partner,
    String action,
    Optional<String> messageId,
    Optional<Xml> whole,
    Optional<Xml> body,
    String raw) {

  /** For a line of a report. */
  String shown() {
    return body.map(Xml::text).orElse(raw);
  }
}
