package dev.parley.soap;

import dev.parley.message.Body;
import java.util.Map;

/**
 * Copies elements out of a header. Each copy repeats every namespace in scope, so that a small
 * header could become a very large one: together they are bounded.
 */
final class HeaderCopies {
  private static final int MOST_BYTES = 256 << 10;

  private final XmlSource source;
  private int bytes;

  HeaderCopies(XmlSource source) {
    this.source = source;
  }

  /** From the element's start tag to its end tag. */
  Body copy(Map<String, String> scope) {
    var copy = BodyCopy.copy(source, scope);
    bytes += copy.length();
    if (bytes > MOST_BYTES) {
      throw source.invalid(
          "The header blocks and reference parameters are larger than %d bytes, with the namespaces in scope."
              .formatted(MOST_BYTES),
          "Send fewer of them, or declare namespaces where they are used.");
    }
    return copy;
  }
}
