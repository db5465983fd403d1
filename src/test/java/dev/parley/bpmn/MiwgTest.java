package dev.parley.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The reference models of the BPMN Model Interchange Working Group, where they are: the folder that
 * {@code PARLEY_MIWG} names, or {@code shared/suites/miwg/Reference} beside a parent folder.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MiwgTest {

  @TestFactory
  List<DynamicTest> each_reference_model_reads_or_is_refused_with_places() throws IOException {
    return models().stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    String.valueOf(model.getFileName()), () -> readsOrIsRefused(model)))
        .toList();
  }

  private static void readsOrIsRefused(Path model) {
    try {
      var definitions = Bpmn.read(folder(model), model);
      assertThat(definitions.file()).isEqualTo(String.valueOf(model.getFileName()));
    } catch (RefusedException e) {
      assertThat(e.findings())
          .isNotEmpty()
          .allSatisfy(f -> assertThat(f.location().line()).as(f.toString()).isPositive());
    }
  }

  private static Path folder(Path model) {
    return model.resolveSibling("");
  }

  private static List<Path> models() throws IOException {
    var folder = reference();
    if (folder.isEmpty()) {
      return List.of();
    }
    try (var files = Files.list(folder.get())) {
      return files.filter(f -> f.toString().endsWith(".bpmn")).sorted().toList();
    }
  }

  private static Optional<Path> reference() {
    String configured =
        System.getProperty("PARLEY_MIWG", System.getenv().getOrDefault("PARLEY_MIWG", ""));
    if (!configured.isEmpty()) {
      return Optional.of(Path.of(configured));
    }
    return Stream.iterate(
            Optional.of(Path.of("").toAbsolutePath()),
            Optional::isPresent,
            p -> p.map(Path::getParent))
        .map(p -> p.orElseThrow().resolve("shared/suites/miwg/Reference"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
