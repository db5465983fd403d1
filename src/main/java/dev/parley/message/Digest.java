package dev.parley.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256: what identities, correlation keys and bodies are looked up and
 * compared by.
 */
public record Digest(long high, long low) {
  public static final int BYTES = 16;

  /** Of bytes as they are. */
  public static Digest of(byte[] bytes) {
    return first(sha256().digest(bytes));
  }

  /** Of a list of texts; lengths are part of it, so that no two lists give the same input. */
  public static Digest of(String... parts) {
    var sha = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      sha.update(bytes);
    }
    return first(sha.digest());
  }

  public static Digest ofBytes(byte[] sixteen) {
    return first(sixteen);
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }

  private static Digest first(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
