package dev.parley.soap;

import dev.parley.message.Body;
import java.nio.charset.StandardCharsets;

/** Writes reference parameters as header blocks (WS-Addressing 1.0 SOAP Binding, section 3.3). */
final class ReferenceParameters {
  private static final String ATTRIBUTE = ":IsReferenceParameter=";

  private ReferenceParameters() {}

  /** As it came, but marked as what it is; the submission has no such mark. */
  static void write(XmlBytes xml, Body parameter, AddressingVersion version) {
    byte[] bytes = parameter.bytes();
    int nameEnd = nameEnd(bytes);
    String start = startTag(bytes, nameEnd);
    if (version == AddressingVersion.SUBMISSION || start.contains(ATTRIBUTE)) {
      xml.raw(bytes);
      return;
    }
    String prefix = "ref";
    while (start.contains("xmlns:" + prefix + "=")) {
      prefix += "_";
    }
    xml.raw(bytes, 0, nameEnd);
    xml.attribute("xmlns:" + prefix, version.namespace());
    xml.attribute(prefix + ":IsReferenceParameter", "true");
    xml.raw(bytes, nameEnd, bytes.length - nameEnd);
  }

  /** The root's; nothing stands before it. */
  private static int nameEnd(byte[] bytes) {
    for (int i = 1; i < bytes.length; i++) {
      if ("> \t\r\n/".indexOf(bytes[i]) >= 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("Expected a reference parameter to be an element");
  }

  private static String startTag(byte[] bytes, int from) {
    byte quote = 0;
    for (int i = from; i < bytes.length; i++) {
      byte b = bytes[i];
      if (quote == 0 && b == '>') {
        return new String(bytes, from, i - from, StandardCharsets.UTF_8);
      }
      if (b == '"' || b == '\'') {
        quote = quote == 0 ? b : quote == b ? 0 : quote;
      }
    }
    throw new IllegalArgumentException("Expected a reference parameter to be an element");
  }
}
