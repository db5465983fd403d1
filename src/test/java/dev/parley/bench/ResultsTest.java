package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResultsTest {
  private static final Cell BARE = new Cell(Workload.BARE_ONE_WAY, 16);
  private static final Cell FEW = new Cell(Workload.CORRELATED, 16);
  private static final Cell MANY = new Cell(Workload.CROWDED, 16);

  private final Results results = new Results();

  @Test
  void a_crowded_store_is_compared_within_each_round_whoever_was_first() {
    round(BARE, 1000, FEW, 500, MANY, 450);
    round(BARE, 1000, MANY, 90, FEW, 100);
    round(BARE, 1000, FEW, 500, MANY, 250);

    assertThat(results.shares()).containsExactly(new Results.Share(16, 0.9, 0.5, 0.9));
  }

  @Test
  void nothing_is_compared_where_one_of_the_two_was_not_measured() {
    round(BARE, 1000, BARE, 1000, MANY, 450);

    assertThat(results.shares()).isEmpty();
  }

  @Test
  void a_workload_is_called_after_what_there_is_most_of() {
    round(BARE, 1000, FEW, 500, MANY, 450);
    results.crowd(new Stock(1024, 0, 50_000), Filters.NONE);

    assertThat(results.lines().getLast().label()).isEqualTo("in-only-correlated-50000-remembered");
  }

  @Test
  void a_phase_is_its_window_in_the_middle_and_tells_its_worst() {
    var phase = new Phase("quiet", List.of(window(1, 9), window(2, 3), window(3, 5)));

    assertThat(phase.median()).isEqualTo(window(3, 5));
    assertThat(phase.worstP99()).isEqualTo(9);
  }

  @Test
  void remembered_identities_are_measured_with_few_waiting_instances() {
    var options = Options.parse(new String[] {"--remembered", "10000000"});

    assertThat(options.crowd()).isEqualTo(new Stock(1024, 0, 10_000_000));
    assertThat(Options.parse(new String[] {}).crowd()).isEqualTo(new Stock(100_000, 0, 0));
  }

  private void round(Cell first, double a, Cell second, double b, Cell third, double c) {
    results.add(first, window(a, 1));
    results.add(second, window(b, 1));
    results.add(third, window(c, 1));
  }

  private static Window window(double perSecond, double p99) {
    return new Window(perSecond, 1, p99, 1);
  }
}
