package dev.parley.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The files of {@code refused} say in a comment at the end of a line which findings are there, as
 * {@code rule element}; they and no others are expected.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusedTest {

  private static final Path ROOT = Path.of("src/test/resources/bpmn/refused");
  private static final Pattern EXPECTED = Pattern.compile("<!-- (bpmn\\.[^>]*) -->");

  /** A finding as the files have it. */
  private record Expected(int line, String rule, String element) {}

  @TestFactory
  List<DynamicTest> a_wrong_file_is_refused_with_every_finding_at_its_line() throws IOException {
    try (Stream<Path> files = Files.list(ROOT)) {
      return files
          .sorted()
          .map(f -> DynamicTest.dynamicTest(String.valueOf(f.getFileName()), () -> check(f)))
          .toList();
    }
  }

  private static void check(Path file) throws IOException {
    var refused = catchThrowableOfType(RefusedException.class, () -> Bpmn.read(ROOT, file));
    assertThat(refused.findings().stream().map(RefusedTest::expected))
        .as(refused.getMessage())
        .containsExactlyInAnyOrderElementsOf(expected(file));
    assertThat(refused.findings())
        .allSatisfy(
            f -> {
              assertThat(f.location().column()).isPositive();
              assertThat(f.problem()).endsWith(".");
              assertThat(f.remedy()).matches("[A-Z].*[.?]");
              if (!f.rule().equals("bpmn.schema") && !f.rule().equals("bpmn.duplicate-id")) {
                assertThat(f.problem()).startsWith("Expected ");
              }
            });
  }

  private static Expected expected(Finding finding) {
    String element = finding.element().isEmpty() ? "-" : finding.element();
    return new Expected(finding.location().line(), finding.rule(), element);
  }

  private static List<Expected> expected(Path file) throws IOException {
    var expected = new ArrayList<Expected>();
    var lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      var matcher = EXPECTED.matcher(lines.get(i));
      while (matcher.find()) {
        for (String finding : matcher.group(1).split(", ", -1)) {
          String[] parts = finding.split(" ", 2);
          expected.add(new Expected(i + 1, parts[0], parts[1]));
        }
      }
    }
    return expected;
  }
}
