package dev.parley.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tagged list of texts and bytes: format byte (1), tag, then each part behind its length plus one
 * in base 128, low digits first; zero stands for null. A new form gets a new format byte.
 */
final class Parts {
  private static final int FORMAT = 1;
  private static final int MORE = 0x80;
  private static final int DIGIT_BITS = 7;

  private final byte[] bytes;
  private int at = 2;

  Parts(byte[] bytes) {
    this.bytes = bytes;
    if (bytes.length < 2 || bytes[0] != FORMAT) {
      throw unexpected();
    }
  }

  int tag() {
    return bytes[1];
  }

  /** The next text, null where null was written. */
  @Nullable String next() {
    int length = length();
    if (length < 0) {
      return null;
    }
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  String nextText() {
    String text = next();
    if (text == null) {
      throw unexpected();
    }
    return text;
  }

  byte[] nextBytes() {
    int length = length();
    if (length < 0) {
      throw unexpected();
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  IllegalStateException unexpected() {
    return new IllegalStateException(
        "Expected a column written by this version, found format %s, tag %s, %d bytes, at %d"
            .formatted(
                bytes.length > 0 ? bytes[0] : "none",
                bytes.length > 1 ? bytes[1] : "none",
                bytes.length,
                at));
  }

  private int length() {
    int value = 0;
    for (int shift = 0; at < bytes.length; shift += DIGIT_BITS) {
      byte digit = bytes[at++];
      value |= (digit & (MORE - 1)) << shift;
      if ((digit & MORE) == 0) {
        if (value - 1 > bytes.length - at) {
          throw unexpected();
        }
        return value - 1;
      }
    }
    throw unexpected();
  }

  /** Writes what {@link Parts} reads. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer(int tag) {
      out.write(FORMAT);
      out.write(tag);
    }

    Writer text(@Nullable String text) {
      if (text == null) {
        out.write(0);
        return this;
      }
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Writer bytes(byte[] part) {
      int rest = part.length + 1;
      while (rest >= MORE) {
        out.write((rest & (MORE - 1)) | MORE);
        rest >>>= DIGIT_BITS;
      }
      out.write(rest);
      out.writeBytes(part);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
