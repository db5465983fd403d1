package dev.parley.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a compact encoding: variable-length numbers, texts and byte strings with their length
 * before them.
 */
public final class BlobWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  /** Small numbers take one byte; negative ones ten. */
  public BlobWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  public BlobWriter bytes(byte[] value) {
    number(value.length);
    bytes.write(value, 0, value.length);
    return this;
  }

  public BlobWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public Blob toBlob() {
    return Blob.of(bytes.toByteArray());
  }
}
