package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of conformance/, as a test of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformanceTest {
  private static final Path CASES = Path.of("conformance");

  private final CaseRunner runner = CaseRunner.inProcess();

  @TestFactory
  Stream<DynamicContainer> every_case_passes() throws IOException {
    try (var folders = Files.list(CASES)) {
      var sorted = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(sorted).isNotEmpty();
      return sorted.stream().map(this::folder);
    }
  }

  private DynamicContainer folder(Path folder) {
    return DynamicContainer.dynamicContainer(
        String.valueOf(folder.getFileName()), cases(folder).stream().map(this::test));
  }

  /** At least one: a folder without any is refused. */
  private static List<Case> cases(Path folder) {
    try {
      return new CaseReader(Path.of("")).read(List.of(folder));
    } catch (IOException | RefusedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private DynamicTest test(Case played) {
    return dynamicTest(
        played.name(),
        played.file().toUri(),
        () -> {
          var result = runner.run(played);
          assertThat(result.isPassed()).as(result.toString()).isTrue();
        });
  }
}
