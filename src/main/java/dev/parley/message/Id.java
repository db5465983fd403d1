package dev.parley.message;

import java.time.Instant;

/**
 * Time-ordered 64-bit identifiers: 41 bits of milliseconds since 2025, 10 bits of node, 12 bits of
 * counter. Written as thirteen characters of Crockford's base 32, which sort as the numbers do.
 */
public final class Id {
  /** 2025-01-01T00:00:00Z in milliseconds since 1970. */
  public static final long EPOCH_MILLIS = 1_735_689_600_000L;

  public static final int NODE_BITS = 10;
  public static final int COUNTER_BITS = 12;

  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int LENGTH = 13;

  private Id() {}

  /** Thirteen characters. */
  public static String text(long id) {
    var text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (id & 31)];
      id >>>= 5;
    }
    return new String(text);
  }

  /** The number a text stands for; throws IllegalArgumentException when it is none of ours. */
  public static long parse(String text) {
    // Thirteen characters have 65 bits; the first one gives four of them.
    if (text.length() != LENGTH || digit(text.charAt(0)) > 15) {
      throw malformed(text);
    }
    long id = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        throw malformed(text);
      }
      id = id << 5 | digit;
    }
    return id;
  }

  /** The milliseconds since 1970 at which an id was made. */
  public static long millis(long id) {
    return (id >>> (NODE_BITS + COUNTER_BITS)) + EPOCH_MILLIS;
  }

  /** No id that was made at that instant or later is less. */
  public static long first(Instant instant) {
    long millis = Math.max(0, instant.toEpochMilli() - EPOCH_MILLIS);
    return millis << (NODE_BITS + COUNTER_BITS);
  }

  private static int digit(char c) {
    char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    for (int i = 0; i < DIGITS.length; i++) {
      if (DIGITS[i] == upper) {
        return i;
      }
    }
    return -1;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "Expected an id of 13 characters, digits and capital letters without I, L, O, U, but found '%s'."
            .formatted(text));
  }
}
