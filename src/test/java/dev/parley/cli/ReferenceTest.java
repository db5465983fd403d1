package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code -Dgolden=write} writes the reference anew. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferenceTest {
  private static final Path PAGE = Path.of("docs/reference.md");

  @Test
  void the_reference_says_what_the_code_does() throws IOException {
    var printed = Ran.parley("reference");
    assertThat(printed.exitCode()).isZero();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(PAGE, printed.out());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/reference.md; -Dgolden=write writes it anew")
        .isEqualTo(printed.out());
  }
}
