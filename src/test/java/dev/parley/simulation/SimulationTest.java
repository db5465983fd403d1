package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulationTest {
  private static final int SEEDS = 200;

  private static final List<Simulation.Result> RESULTS =
      LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(Simulation::run).toList();

  @Test
  void every_rule_holds_under_two_hundred_seeds() {
    assertThat(RESULTS.stream().map(Simulation.Result::violation).filter(Objects::nonNull))
        .isEmpty();
  }

  @Test
  void the_same_seed_gives_the_same_run_and_another_seed_another_one() {
    for (int seed = 1; seed <= 10; seed++) {
      assertThat(Simulation.run(seed)).isEqualTo(RESULTS.get(seed - 1));
    }
    assertThat(RESULTS.stream().map(Simulation.Result::digest)).doesNotHaveDuplicates();
  }

  @Test
  void the_seeds_together_meet_every_kind_of_trouble() {
    var counts =
        RESULTS.stream()
            .map(Simulation.Result::counts)
            .reduce(Simulation.Counts.NONE, Simulation.Counts::plus);

    assertThat(counts.crashes()).isGreaterThan(SEEDS);
    assertThat(counts.failedCommits()).isGreaterThan(SEEDS);
    assertThat(counts.duplicates()).isGreaterThan(SEEDS);
  }
}
