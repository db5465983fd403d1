package dev.parley.message;

import org.jspecify.annotations.Nullable;

/**
 * What came with a message besides its body: WS-Addressing 1.0 message addressing properties and
 * the HTTP header {@code Idempotency-Key}; null where the sender gave none.
 */
public record Headers(
    @Nullable String messageId,
    @Nullable String relatesTo,
    @Nullable String replyTo,
    @Nullable String faultTo,
    @Nullable String idempotencyKey) {
  public static final Headers NONE = new Headers(null, null, null, null, null);
}
