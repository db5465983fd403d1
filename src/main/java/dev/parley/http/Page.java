package dev.parley.http;

import dev.parley.message.Id;
import dev.parley.message.MessageId;
import java.util.Map;

/** Which part of a list is asked for: {@code after} and {@code limit}. */
record Page(long after, int limit) {
  private static final int MOST = 1_000;
  private static final String USUAL = "100";

  /** After an id, or from the first one. */
  static Page of(Map<String, String> parameters) throws Refusal {
    String after = parameters.get("after");
    try {
      return new Page(after == null ? 0 : Id.parse(after), limit(parameters));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          400, "Bad Request", "Expected 'after' to be an id, but found '%s'.".formatted(after));
    }
  }

  static int limit(Map<String, String> parameters) throws Refusal {
    String text = parameters.getOrDefault("limit", USUAL);
    if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST) {
      return Integer.parseInt(text);
    }
    throw Refusal.of(
        400,
        "Bad Request",
        "Expected 'limit' to be 1 to %d, but found '%s'.".formatted(MOST, text));
  }

  MessageId afterMessage() {
    return new MessageId(after);
  }
}
