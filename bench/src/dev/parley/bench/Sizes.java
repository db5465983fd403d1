package dev.parley.bench;

import java.nio.file.Path;

/** How large a database has become; SQLite's log does not shrink, so its size is the largest. */
final class Sizes {
  private Sizes() {}

  static String of(Path file) {
    return "%,d MiB, log up to %,d MiB"
        .formatted(file.toFile().length() >> 20, Path.of(file + "-wal").toFile().length() >> 20);
  }
}
