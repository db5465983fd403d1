package dev.parley.cli;

import java.nio.file.Path;

/** Where Parley is installed. */
final class Home {
  private Home() {}

  /** The folder that the launcher is in; the current one when it was started without. */
  static Path folder() {
    return Path.of(System.getProperty("parley.home", ""));
  }

  static Path patterns() {
    return folder().resolve("patterns");
  }
}
