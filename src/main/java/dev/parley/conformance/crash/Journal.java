package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Entry.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the load did and heard, kept outside the gateway: intent before sending, outcome after. */
final class Journal implements AutoCloseable {
  private final ForcedFile file;
  private long lines;

  Journal(Path path) throws IOException {
    file = new ForcedFile(path);
  }

  static List<Entry> read(Path path) throws IOException {
    try (var lines = Files.lines(path)) {
      return lines.map(Entry::parse).toList();
    }
  }

  synchronized void write(Event event, Sent sent, int status, String detail) {
    file.append(new Entry(++lines, event, sent, status, detail).toString());
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
