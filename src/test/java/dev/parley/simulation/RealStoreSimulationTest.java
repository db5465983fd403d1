package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.PostgresStore;
import dev.parley.store.SqliteStore;
import dev.parley.store.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule holds over a real store, and the run is the one over the simulated store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RealStoreSimulationTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_seed_runs_over_postgres_as_over_the_simulated_store(long seed) throws Exception {
    try (var database = TestDatabase.empty()) {
      var result = Simulation.run(seed, () -> PostgresStore.open(database.address()));

      assertThat(result).isEqualTo(Simulation.alone(seed));
      assertThat(result.violation()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void a_seed_runs_over_sqlite_as_over_the_simulated_store(long seed) {
    var result = Simulation.run(seed, () -> SqliteStore.open(folder));

    assertThat(result).isEqualTo(Simulation.alone(seed));
    assertThat(result.violation()).isNull();
  }
}
