package dev.parley.soap;

import org.jspecify.annotations.Nullable;

/** The message addressing properties of an envelope (WS-Addressing 1.0 Core, section 3.1). */
record Addressing(
    @Nullable String messageId,
    @Nullable String relatesTo,
    @Nullable String replyTo,
    @Nullable String faultTo,
    @Nullable String to,
    @Nullable String action) {
  static final Addressing NONE = new Addressing(null, null, null, null, null, null);

  boolean isEmpty() {
    return equals(NONE);
  }
}
