package dev.parley.conformance.crash;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that lines are appended to; a line is on the disk before the call returns. */
final class ForcedFile implements AutoCloseable {
  // No channel: an interrupt would close it.
  private final FileOutputStream out;

  ForcedFile(Path path) throws IOException {
    out = new FileOutputStream(path.toFile(), true);
  }

  void append(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
