package dev.parley.conformance.run;

import dev.parley.conformance.language.Xml;
import java.util.Optional;

/**
 * A message that a partner got.
 *
 * @param action its SOAPAction, or its wsa:Action; empty when it bears none
 * @param envelope empty where it is none
 * @param raw as it came
 */
record Arrival(String partner, String action, Optional<Envelope> envelope, String raw) {

  Optional<String> messageId() {
    return envelope.flatMap(e -> e.addressing("MessageID"));
  }

  /** Empty where it has none. */
  Optional<Xml> body() {
    return envelope.flatMap(Envelope::body);
  }

  /** For a line of a report. */
  String shown() {
    return body().map(Xml::text).orElse(raw);
  }
}
