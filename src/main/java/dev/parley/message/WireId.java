package dev.parley.message;

import java.util.Optional;
import java.util.UUID;

/**
 * What a message is called on the wire: the same with every attempt, and unique in the world by the
 * store's number and the message's (RFC 9562, version 8).
 */
public final class WireId {
  private static final String URN = "urn:uuid:";

  private WireId() {}

  public static String of(long storeId, MessageId id) {
    long low = (id.value() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return URN + new UUID(high(storeId), low);
  }

  /** The message of a store that is called so; empty where none of it can be. */
  public static Optional<MessageId> read(long storeId, String text) {
    if (text.length() != URN.length() + 36 || !text.startsWith(URN)) {
      return Optional.empty();
    }
    try {
      var uuid = UUID.fromString(text.substring(URN.length()));
      return Optional.of(new MessageId(uuid.getLeastSignificantBits() & 0x3FFFFFFFFFFFFFFFL))
          .filter(id -> of(storeId, id).equals(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static long high(long storeId) {
    return (storeId & ~0xF000L) | 0x8000L;
  }
}
