package dev.parley.wsdl;

import dev.parley.message.Body;
import java.util.List;

/** The XML Schemas of a contract, compiled; safe for many threads. */
public final class SchemaSet {
  /**
   * What of a body does not fit its element's declaration, one sentence each; empty when it is
   * valid.
   */
  public List<String> violations(Body body) {
    return List.of();
  }
}
