package dev.parley.message;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came with a message besides its body: WS-Addressing 1.0 message addressing properties and
 * the HTTP header {@code Idempotency-Key}; null where the sender gave none.
 *
 * @param keys values of correlation keys that the sender of a simple message names itself, by the
 *     name of a key or of one of its properties
 */
public record Headers(
    @Nullable String messageId,
    @Nullable String relatesTo,
    @Nullable String replyTo,
    @Nullable String faultTo,
    @Nullable String idempotencyKey,
    Map<String, String> keys) {
  public static final Headers NONE = new Headers(null, null, null, null, null);

  public Headers {
    keys = Map.copyOf(keys);
  }

  public Headers(
      @Nullable String messageId,
      @Nullable String relatesTo,
      @Nullable String replyTo,
      @Nullable String faultTo,
      @Nullable String idempotencyKey) {
    this(messageId, relatesTo, replyTo, faultTo, idempotencyKey, Map.of());
  }

  /** In the order of their names. */
  public Map<String, String> sortedKeys() {
    return new TreeMap<>(keys);
  }
}
