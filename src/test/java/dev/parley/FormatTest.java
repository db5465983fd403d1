package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Holds the sources to google-java-format; {@code mvn test -Dtest=FormatTest -Dformat=write}
 * rewrites them.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FormatTest {

  private static final List<Path> ROOTS =
      Stream.of("src/main/java", "src/test/java", "bench/src")
          .map(Path::of)
          .filter(Files::isDirectory)
          .toList();

  @Test
  void every_source_file_is_formatted() throws IOException {
    boolean write = "write".equals(System.getProperty("format"));
    var unformatted = new ArrayList<Path>();
    for (Path file : sources()) {
      String source = Files.readString(file);
      String formatted = format(file, source);
      if (!formatted.equals(source)) {
        unformatted.add(file);
        if (write) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!write) {
      assertThat(unformatted)
          .as(
              "files that google-java-format would change: run mvn test -Dtest=FormatTest"
                  + " -Dformat=write")
          .isEmpty();
    }
  }

  private static String format(Path file, String source) {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalStateException("Cannot format " + file, e);
    }
  }

  private static List<Path> sources() {
    var sources = new ArrayList<Path>();
    for (Path root : ROOTS) {
      try (var files = Files.walk(root)) {
        files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(sources::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }
}
