package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.report.TextReport;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every case of conformance/, as a test of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformanceTest {
  private static final Path CASES = Path.of("conformance");

  private final CaseRunner runner = CaseRunner.inProcess();
  private final ExecutorService players = Executors.newFixedThreadPool(4);

  @AfterEach
  void players_go() {
    players.shutdownNow();
  }

  @TestFactory
  Stream<DynamicContainer> every_case_passes() throws IOException {
    try (var folders = Files.list(CASES)) {
      var sorted = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(sorted).isNotEmpty();
      return sorted.stream().map(this::folder).toList().stream();
    }
  }

  @Test
  void the_guides_first_case_passes(@TempDir Path folder) throws IOException {
    var guide = Files.readString(Path.of("docs/conformance.md"));
    int from = guide.indexOf("<case");
    Files.writeString(
        folder.resolve("guide.xml"), guide.substring(from, guide.indexOf("```", from)));
    var bundle = Files.createDirectory(folder.resolve("hello"));
    for (String file : List.of("hello.bpmn", "hello.wsdl")) {
      Files.copy(CASES.resolve("soap-1.2/hello").resolve(file), bundle.resolve(file));
    }
    for (var played : cases(folder)) {
      assertThat(runner.run(played).reason()).isEmpty();
    }
  }

  @Test
  void what_is_sent_over_soap_1_2_is_sent_by_the_models_of_the_pattern() throws IOException {
    var over = CASES.resolve("exchange-patterns/over-soap-1.2");
    var pattern = Path.of("patterns/exchange-patterns");
    try (var files = Files.list(over)) {
      for (var copy : files.toList()) {
        assertThat(copy).hasSameBinaryContentAs(pattern.resolve(over.relativize(copy)));
      }
    }
    assertThat(over.resolve("warehouse-soap11.wsdl")).doesNotExist();
  }

  private DynamicContainer folder(Path folder) {
    return DynamicContainer.dynamicContainer(
        String.valueOf(folder.getFileName()), cases(folder).stream().map(this::test).toList());
  }

  /** At least one: a folder without any is refused. */
  private static List<Case> cases(Path folder) {
    try {
      return new CaseReader(Path.of("")).read(List.of(folder));
    } catch (IOException | RefusedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** It is played beside others, before anybody asks for it. */
  private DynamicTest test(Case played) {
    var coming = players.submit(() -> runner.run(played));
    return dynamicTest(
        played.name(),
        played.file().toUri(),
        () -> {
          var result = coming.get();
          assertThat(result.isPassed()).as(String.join("\n", TextReport.details(result))).isTrue();
        });
  }
}
