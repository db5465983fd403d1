package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.ReferenceInterpreter.Mistake;
import dev.parley.finding.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Generated models do in the engine what they do by the standard. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomModelsTest {
  private static final int MODELS = Integer.getInteger("random.models", 1000);
  private static final long SEED = Long.getLong("random.seed", 1);

  @Test
  void models_do_what_the_standard_says() throws RefusedException {
    var differences = new ArrayList<String>();
    long start = System.nanoTime();
    for (long seed = SEED; seed < SEED + MODELS && differences.size() < 30; seed++) {
      var model = RandomModels.of(seed);
      try {
        var process = RandomRun.compile(model);
        long s = seed;
        RandomRun.difference(model, process, seed, Mistake.NONE)
            .ifPresent(d -> differences.add("seed " + s + "\n" + d));
      } catch (RefusedException e) {
        differences.add("seed " + seed + " refused " + e.findings().stream().filter(f -> f.toString().contains(" error: ")).toList());
      } catch (AssertionError | RuntimeException e) {
        differences.add("seed " + seed + " " + e);
      }
    }
    System.err.println((System.nanoTime() - start) / 1_000_000 + " ms");
    assertThat(differences).isEmpty();
  }
}
