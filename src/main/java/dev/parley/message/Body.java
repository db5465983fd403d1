package dev.parley.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, as bytes of UTF-8: one XML element without declaration, every namespace in
 * scope declared on it; a JSON value; a text; or nothing at all ({@link #EMPTY}). A SOAP body's is
 * XML. Immutable: nobody writes to the array.
 */
public final class Body {
  public static final Body EMPTY = new Body(MediaType.XML, new byte[0]);

  private final MediaType type;
  private final byte[] bytes;
  private @Nullable Digest digest;

  private Body(MediaType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** Keeps the array: whoever made it must not write to it again. */
  public static Body of(byte[] xml) {
    return of(MediaType.XML, xml);
  }

  public static Body of(String xml) {
    return of(MediaType.XML, xml);
  }

  /** Keeps the array: whoever made it must not write to it again. */
  public static Body of(MediaType type, byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Body(type, bytes);
  }

  public static Body of(MediaType type, String content) {
    return of(type, content.getBytes(StandardCharsets.UTF_8));
  }

  public MediaType type() {
    return type;
  }

  /** Not a copy: do not write to it. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Computed once. */
  public Digest digest() {
    var known = digest;
    if (known == null) {
      known = Digest.of(bytes);
      digest = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Body body && type == body.type && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
