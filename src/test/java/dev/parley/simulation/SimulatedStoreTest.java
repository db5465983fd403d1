package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated store answers as the real one does, after every commit of a simulation. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatedStoreTest {
  @TempDir private Path folder;

  @Test
  void it_answers_as_the_real_store_does() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      var comparison = new StoreComparison();
      try (var real = SqliteStore.open(folder.resolve("seed-" + seed))) {
        var result =
            Simulation.run(
                seed,
                disk ->
                    (tables, batch) -> {
                      // Also where the disk breaks after it has written.
                      tables.first =
                          written -> {
                            real.commit(written);
                            comparison.remember(written);
                          };
                      disk.write(tables, batch);
                      comparison.check(tables, real);
                    });
        assertThat(result.violation()).isNull();
        assertThat(result.counts().commits()).isPositive();
      }
    }
  }
}
