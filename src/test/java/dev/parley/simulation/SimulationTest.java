package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulationTest {
  private static final int SEEDS = 500;

  /** What the correlator may say of a message, and what may become of one that was queued. */
  private static final List<String> DECISIONS =
      List.of(
          "taken",
          "started or taken at once",
          "queued early",
          "queued early for a while",
          "queued unknown for a while",
          "discarded early",
          "discarded unknown",
          "discarded late",
          "refused TOO_EARLY early",
          "refused UNKNOWN_CONVERSATION",
          "refused TOO_LATE late",
          "refused QUEUE_FULL early",
          "refused QUEUE_FULL unknown",
          "refused INVALID_MESSAGE",
          "refused CORRELATION_VIOLATION by a held key",
          "refused CORRELATION_VIOLATION by a key to set",
          "refused CORRELATION_VIOLATION by another key",
          "refused AMBIGUOUS_INSTANCE",
          "refused CONFLICTING_RECEIVE",
          "refused IDENTITY_REUSED",
          "WAITING, later CONSUMED",
          "WAITING, later COLLECTED",
          "COLLECTED, later CONSUMED",
          "INBOUND dead: CallerGone",
          "INBOUND dead: ConversationEnded",
          "INBOUND dead: Expired",
          "OUTBOUND dead: DeliveryFailed");

  /** What gateways on one store meet in each other. */
  private static final List<String> ENCOUNTERS =
      List.of(
          "lost a race",
          "answered by another gateway",
          "outbound message taken over",
          "gateway found to have ended",
          "found itself taken for ended",
          "refused a commit, as ended",
          "deployment followed");

  private static final List<Simulation.Result> RESULTS =
      LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(Simulation::run).toList();

  @Test
  void every_rule_holds_under_five_hundred_seeds() {
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

  @Test
  void the_seeds_together_take_every_kind_of_decision() {
    var taken = new TreeMap<String, Long>();
    RESULTS.forEach(r -> r.decisions().forEach((kind, n) -> taken.merge(kind, n, Long::sum)));

    assertThat(taken).containsKeys(DECISIONS.toArray(String[]::new));
    assertThat(taken).containsKeys(ENCOUNTERS.toArray(String[]::new));
  }
}
