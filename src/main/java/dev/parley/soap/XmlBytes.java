package dev.parley.soap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** XML as UTF-8 bytes, written without a tree in between. */
final class XmlBytes {
  private static final int REPLACEMENT = '?';

  private byte[] bytes;
  private int length;

  /** The first half of a pair whose second half the parser delivers with its next event. */
  private char pending;

  XmlBytes(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  int length() {
    return length;
  }

  /** Markup that needs no escaping. */
  XmlBytes raw(String markup) {
    int count = markup.length();
    reserve(count * 3);
    for (int i = 0; i < count; i++) {
      i = put(markup.charAt(i), i, i + 1 < count ? markup.charAt(i + 1) : 0);
    }
    return this;
  }

  XmlBytes raw(byte[] markup) {
    return raw(markup, 0, markup.length);
  }

  XmlBytes raw(byte[] markup, int start, int count) {
    reserve(count);
    System.arraycopy(markup, start, bytes, length, count);
    length += count;
    return this;
  }

  XmlBytes text(String value) {
    var chars = value.toCharArray();
    return text(chars, 0, chars.length);
  }

  /** Character data. */
  XmlBytes text(char[] chars, int start, int count) {
    reserve(count * 5);
    int end = start + count;
    for (int i = start; i < end; i++) {
      char c = chars[i];
      switch (c) {
        case '&' -> ascii("&amp;");
        case '<' -> ascii("&lt;");
        case '>' -> ascii("&gt;");
        // A parser would make a line feed of it.
        case '\r' -> ascii("&#13;");
        default -> i = put(c, i, i + 1 < end ? chars[i + 1] : 0);
      }
    }
    return this;
  }

  /** An attribute with its leading space. */
  XmlBytes attribute(String name, String value) {
    raw(" ").raw(name).raw("=\"");
    int count = value.length();
    reserve(count * 6 + 1);
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> ascii("&amp;");
        case '<' -> ascii("&lt;");
        case '"' -> ascii("&quot;");
        case '\t' -> ascii("&#9;");
        case '\n' -> ascii("&#10;");
        case '\r' -> ascii("&#13;");
        default -> i = put(c, i, i + 1 < count ? value.charAt(i + 1) : 0);
      }
    }
    bytes[length++] = '"';
    return this;
  }

  /** Returns the index of the last character that it took. */
  private int put(char c, int index, char next) {
    if (c < 0x80) {
      bytes[length++] = (byte) c;
      return index;
    }
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | c >> 6);
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
      return index;
    }
    if (!Character.isSurrogate(c)) {
      bytes[length++] = (byte) (0xE0 | c >> 12);
      bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3F));
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
      return index;
    }
    if (Character.isSurrogatePair(c, next)) {
      pair(c, next);
      return index + 1;
    }
    if (next == 0 && Character.isHighSurrogate(c)) {
      pending = c;
    } else if (Character.isSurrogatePair(pending, c)) {
      pair(pending, c);
      pending = 0;
    } else {
      bytes[length++] = REPLACEMENT;
    }
    return index;
  }

  private void pair(char high, char low) {
    int point = Character.toCodePoint(high, low);
    bytes[length++] = (byte) (0xF0 | point >> 18);
    bytes[length++] = (byte) (0x80 | (point >> 12 & 0x3F));
    bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3F));
    bytes[length++] = (byte) (0x80 | (point & 0x3F));
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
