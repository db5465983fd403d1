package dev.parley.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link BlobWriter} wrote; throws IllegalStateException where the bytes end too soon.
 */
public final class BlobReader {
  private final byte[] bytes;
  private int position;

  public BlobReader(Blob blob) {
    this.bytes = blob.bytes();
  }

  public long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      if (shift >= Long.SIZE) {
        throw new IllegalStateException("Expected a number of at most ten bytes in a stored value");
      }
      byte next = nextByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  public int integer() {
    return Math.toIntExact(number());
  }

  public byte[] bytes() {
    int length = integer();
    if (length < 0 || length > bytes.length - position) {
      throw truncated();
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public boolean atEnd() {
    return position == bytes.length;
  }

  private byte nextByte() {
    if (position == bytes.length) {
      throw truncated();
    }
    return bytes[position++];
  }

  private IllegalStateException truncated() {
    return new IllegalStateException(
        "Expected more than the %d bytes of a stored value".formatted(bytes.length));
  }
}
