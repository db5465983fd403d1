package dev.parley.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A payload from a file, and the media type that it looks like. */
record Content(String text, String type) {

  /** {@code -} is the standard input; option: what named the file. */
  static Content read(String option, String file) throws IOException, UnusableException {
    String text = text(option, file);
    return new Content(text, MessageCommand.PayloadType.of(text).contentType());
  }

  private static String text(String option, String file) throws IOException, UnusableException {
    if (file.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!Files.isReadable(Path.of(file))) {
      throw new UnusableException(
          "%s: expected a file that can be read, but found '%s'.".formatted(option, file));
    }
    return Files.readString(Path.of(file));
  }
}
