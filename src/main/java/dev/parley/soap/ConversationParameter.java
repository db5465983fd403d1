package dev.parley.soap;

import dev.parley.message.Body;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * The reference parameter of an endpoint reference that an instance has given of itself: it comes
 * back as a header block, and is the value of a correlation key.
 */
final class ConversationParameter {
  private static final QName NAME = new QName("urn:parley:1", "conversation");
  private static final String KEY = "parley:conversation";

  private ConversationParameter() {}

  /** The key and its value; empty where no block is it. */
  static Map<String, String> keys(List<Body> blocks) {
    for (var block : blocks) {
      @Nullable String value = value(block);
      if (value != null) {
        return Map.of(KEY, value);
      }
    }
    return Map.of();
  }

  private static @Nullable String value(Body block) {
    var source = new XmlSource(new ByteArrayInputStream(block.bytes()), null, "");
    source.nextTag("before the header block");
    @Nullable String value = source.reader.getName().equals(NAME) ? source.elementText() : null;
    source.close();
    return value;
  }
}
