package dev.parley.soap;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Body;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reference parameter of an endpoint reference that an instance has given of itself: it comes
 * back as a header block, and is the value of a correlation key.
 */
final class ConversationParameter {
  private ConversationParameter() {}

  /** The key and its value; empty where no block is it. */
  static Map<String, String> keys(List<Body> blocks) {
    for (var block : blocks) {
      @Nullable String value = value(block);
      if (value != null) {
        return Map.of(ExecutableProcess.Key.CONVERSATION, value);
      }
    }
    return Map.of();
  }

  private static @Nullable String value(Body block) {
    var source = new XmlSource(new ByteArrayInputStream(block.bytes()), null, "");
    source.nextTag("before the header block");
    boolean isIt = source.reader.getName().equals(ExecutableProcess.Key.CONVERSATION_PARAMETER);
    @Nullable String value = isIt ? source.elementText() : null;
    source.close();
    return value;
  }
}
