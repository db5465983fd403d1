package dev.parley.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A SOAP body's element as bytes: one XML element in UTF-8 without declaration, every namespace in
 * scope declared on it; or nothing at all ({@link #EMPTY}). Immutable: nobody writes to the array.
 */
public final class Body {
  public static final Body EMPTY = new Body(new byte[0]);

  private final byte[] bytes;
  private @Nullable Digest digest;

  private Body(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Keeps the array: whoever made it must not write to it again. */
  public static Body of(byte[] xml) {
    return xml.length == 0 ? EMPTY : new Body(xml);
  }

  public static Body of(String xml) {
    return of(xml.getBytes(StandardCharsets.UTF_8));
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
    return other instanceof Body body && Arrays.equals(bytes, body.bytes);
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
