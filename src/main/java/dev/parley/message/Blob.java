package dev.parley.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes as a value: encoded state, turns, policies. Immutable: nobody writes to the array. */
public final class Blob {
  public static final Blob EMPTY = new Blob(new byte[0]);

  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Keeps the array: whoever made it must not write to it again. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public static Blob of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Blob(bytes);
  }

  /** Not a copy: do not write to it. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
