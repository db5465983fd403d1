package dev.parley.expression;

import java.util.Map;

/**
 * An XPath that selects a correlation value in a message.
 *
 * @param text evaluated with the message as a document node
 * @param namespaces URI by prefix, for the prefixes in the text
 */
public record Path(String text, Map<String, String> namespaces) {
  public Path {
    namespaces = Map.copyOf(namespaces);
  }
}
