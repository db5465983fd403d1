package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ReferenceInterpreter.Mistake;
import dev.parley.finding.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Generated models do in the engine what they do by the standard. More of them: {@code
 * -Drandom.models=100000 -Drandom.seed=5000}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomModelsTest {
  private static final int MODELS = Integer.getInteger("random.models", 1000);
  private static final long SEED = Long.getLong("random.seed", 1);
  private static final int ENOUGH_TO_NOTICE_A_MISTAKE = 400;
  private static final int MOST_SHOWN = 5;

  private record Generated(long seed, RandomModel model, ExecutableProcess process) {
    static Generated of(long seed) {
      var model = RandomModels.of(seed);
      try {
        return new Generated(seed, model, RandomRun.compile(model));
      } catch (RefusedException e) {
        throw new AssertionError("Model %d is refused: %s".formatted(seed, e.findings()), e);
      }
    }

    Optional<String> difference(Mistake mistake) {
      return RandomRun.difference(model, process, seed, mistake);
    }
  }

  private static List<Generated> first = List.of();

  @BeforeAll
  static void generate() {
    first = LongStream.rangeClosed(1, ENOUGH_TO_NOTICE_A_MISTAKE).mapToObj(Generated::of).toList();
  }

  @Test
  void models_do_what_the_standard_says() {
    var differences = new ArrayList<String>();
    for (long seed = SEED; seed < SEED + MODELS && differences.size() < MOST_SHOWN; seed++) {
      var generated =
          1 <= seed && seed <= first.size() ? first.get((int) seed - 1) : Generated.of(seed);
      generated.difference(Mistake.NONE).ifPresent(_ -> differences.add(smallest(generated)));
    }
    assertThat(differences).isEmpty();
  }

  /** A reference that is wrong is found out: so would an engine be. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void every_planted_mistake_is_noticed(Mistake mistake) {
    assertThat(first.stream().filter(g -> g.difference(mistake).isPresent()).findFirst())
        .isPresent();
  }

  @Test
  void a_model_that_shows_a_difference_is_made_small() {
    var mistake = Mistake.PARALLEL_JOIN_DOES_NOT_WAIT;
    var found =
        first.stream().filter(g -> g.difference(mistake).isPresent()).findFirst().orElseThrow();
    var small = RandomModelShrinker.shrink(found.model(), m -> differs(m, mistake));
    assertThat(small.body().blocks()).hasSizeLessThanOrEqualTo(2);
  }

  private static boolean differs(RandomModel model, Mistake mistake) {
    return !described(model, mistake).isEmpty();
  }

  /** Its paths are others than the bigger model's: some are tried. */
  private static String described(RandomModel model, Mistake mistake) {
    try {
      var process = RandomRun.compile(model);
      return LongStream.range(0, 10)
          .mapToObj(path -> RandomRun.difference(model, process, path, mistake))
          .flatMap(Optional::stream)
          .findFirst()
          .orElse("");
    } catch (RefusedException e) {
      return "";
    }
  }

  private static String smallest(Generated found) {
    var small = RandomModelShrinker.shrink(found.model(), model -> differs(model, Mistake.NONE));
    return "%nseed:      %d%n%s%n%s%n%s%nor, as it was generated:%n%s"
        .formatted(
            found.seed(),
            described(small, Mistake.NONE),
            small,
            RandomModelXml.write(small),
            found.difference(Mistake.NONE).orElse(""));
  }
}
