package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.Branch;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.ExecutableProcess.ScopeDefinition;
import dev.parley.finding.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the proof says of generated models, against every state that the engine comes to. More of
 * them: {@code -Dprospects.models=100000 -Dprospects.seed=5000}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProspectsTest {
  private static final int MODELS = Integer.getInteger("prospects.models", 1000);
  private static final long SEED = Long.getLong("prospects.seed", 1);
  private static final int LARGEST = 14;
  private static final int MOST_STATES = 60;
  private static final double MOST_MISSED = 0.15;

  private record Explored(long seed, ExecutableProcess process, Exploration exploration) {
    static Explored of(long seed) {
      try {
        var process = RandomRun.compile(RandomModels.of(seed, LARGEST));
        return new Explored(seed, process, Exploration.of(process, seed, MOST_STATES));
      } catch (RefusedException e) {
        throw new AssertionError("Model %d is refused: %s".formatted(seed, e.findings()), e);
      }
    }

    /** A receive that is enabled although the proof said that it never is. */
    Optional<String> mistake(UnaryOperator<ExecutableProcess> seen) {
      var process = seen.apply(this.process);
      for (var state : exploration.states()) {
        for (var message : state.ever) {
          if (!Prospects.mayTake(process, state.instance, message, KeySet.NONE)) {
            return Optional.of(
                "model %d: %s comes after all in %s".formatted(seed, message, state.instance));
          }
        }
      }
      return Optional.empty();
    }

    /** So often no state follows in which a receive is enabled. */
    long nevers() {
      return exploration.isComplete()
          ? exploration.states().stream()
              .mapToLong(s -> exploration.messages().size() - s.ever.size())
              .sum()
          : 0;
    }

    /** So often the proof does not see it. */
    long missed() {
      return exploration.isComplete()
          ? exploration.states().stream()
              .mapToLong(
                  s ->
                      exploration.messages().stream()
                          .filter(m -> !s.ever.contains(m))
                          .filter(m -> Prospects.mayTake(process, s.instance, m, KeySet.NONE))
                          .count())
              .sum()
          : 0;
    }
  }

  private static List<Explored> explored = List.of();

  @BeforeAll
  static void explore() {
    explored = LongStream.range(SEED, SEED + MODELS).mapToObj(Explored::of).toList();
  }

  @Test
  void what_is_proven_never_to_come_never_comes(TestReporter reporter) {
    assertThat(explored.stream().flatMap(e -> e.mistake(p -> p).stream()).limit(3)).isEmpty();
    long complete = explored.stream().filter(e -> e.exploration().isComplete()).count();
    long states = explored.stream().mapToLong(e -> e.exploration().states().size()).sum();
    reporter.publishEntry("models", explored.size() + ", " + complete + " of them explored whole");
    reporter.publishEntry("states", String.valueOf(states));
    assertThat(complete).as("%d states", states).isGreaterThan(explored.size() / 2);
  }

  @Test
  void most_of_what_never_comes_is_proven(TestReporter reporter) {
    long nevers = explored.stream().mapToLong(Explored::nevers).sum();
    long missed = explored.stream().mapToLong(Explored::missed).sum();
    reporter.publishEntry("never, and not proven", missed + " of " + nevers);
    assertThat(nevers).isPositive();
    assertThat((double) missed / nevers).as("%d of %d", missed, nevers).isLessThan(MOST_MISSED);
  }

  /** A proof that does not see a part of the model. */
  enum Blindness {
    BOUNDARY_EVENTS,
    EVENT_SUB_PROCESSES,
    SUB_PROCESSES,
    FLOWS_BACK,
    DEFAULT_AND_LAST_BRANCHES;

    ExecutableProcess of(ExecutableProcess process) {
      return with(
          process,
          process.nodes().stream().map(this::of).toList(),
          process.scopes().stream().map(this::of).toList());
    }

    private Node of(Node node) {
      return new Node(
          node.index(),
          node.id(),
          node.name(),
          node.element(),
          node.scope(),
          branches(node),
          node.defaultFlow(),
          node.incoming(),
          this == BOUNDARY_EVENTS ? List.of() : node.boundary(),
          node.loop(),
          node.location());
    }

    private List<Branch> branches(Node node) {
      if (this == DEFAULT_AND_LAST_BRANCHES && node.branches().size() > 1) {
        return node.branches().subList(0, node.branches().size() - 1);
      }
      boolean leadsBack = node.id().endsWith("_again");
      return this == FLOWS_BACK && leadsBack
          ? node.branches().stream().filter(b -> b.condition() != null).toList()
          : node.branches();
    }

    private ScopeDefinition of(ScopeDefinition scope) {
      return new ScopeDefinition(
          scope.index(),
          scope.parent(),
          scope.node(),
          this == SUB_PROCESSES ? List.of() : scope.starts(),
          this == EVENT_SUB_PROCESSES ? List.of() : scope.eventStarts(),
          scope.variables());
    }

    private static ExecutableProcess with(
        ExecutableProcess process, List<Node> nodes, List<ScopeDefinition> scopes) {
      return new ExecutableProcess(
          process.key(),
          process.name(),
          nodes,
          process.flows(),
          scopes,
          process.items(),
          process.data(),
          process.keys(),
          process.messages(),
          process.operations(),
          process.provided(),
          process.queue(),
          process.delivery(),
          process.inclusiveJoins(),
          process.location());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_proof_that_overlooks_something_is_found_out(Blindness blindness) {
    assertThat(explored.stream().flatMap(e -> e.mistake(blindness::of).stream()).findFirst())
        .isPresent();
  }
}
