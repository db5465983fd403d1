package dev.parley.cli;

import dev.parley.simulation.Simulation;
import dev.parley.simulation.Simulation.Counts;
import dev.parley.simulation.Simulation.Result;
import dev.parley.store.PostgresAddress;
import dev.parley.store.PostgresScratch;
import dev.parley.store.PostgresStore;
import dev.parley.store.StoreUnusable;
import java.io.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs the deterministic simulation. */
@Command(
    name = "simulate",
    description =
        "Runs the gateway's decisions in virtual time, under crashes, failing disks and partners"
            + " that misbehave, and holds them to a simple oracle.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley simulate --seeds 1000",
      "  parley simulate --from 1001 --seeds 1000   goes on where that ended",
      "  parley simulate --seed 4711           repeats one run, and prints its digest",
      "  parley simulate --seeds 20 --store jdbc:postgresql://localhost/postgres?user=postgres",
      "",
      "Exit codes: 0 every rule held, 1 one was broken."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int TOGETHER = 64;

  @Option(names = "--seeds", paramLabel = "N", description = "How many (default: 200).")
  private int seeds = 200;

  @Option(names = "--from", paramLabel = "S", description = "The first seed (default: 1).")
  private long from = 1;

  @Option(names = "--seed", paramLabel = "S", description = "Run this seed only.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Mixin private TrialServer server = new TrialServer();

  @Spec private @Nullable CommandSpec spec;

  private Counts counts = Counts.NONE;
  private final SortedMap<String, Long> decisions = new TreeMap<>();
  private Duration virtual = Duration.ZERO;
  private int run;
  private @Nullable Result last;

  @Override
  public Integer call() throws Exception {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    long first = seed == null ? from : seed;
    long most = seed == null ? seeds : 1;
    var database = server.address();
    long began = System.nanoTime();
    boolean broken = false;
    for (long s = first; s < first + most && !broken; s += TOGETHER) {
      for (var result : run(s, Math.min(s + TOGETHER, first + most), database)) {
        if (!broken) {
          add(result);
          broken = result.violation() != null;
        }
      }
      progress(most);
    }
    double seconds = (double) (System.nanoTime() - began) / 1e9;
    out.println(json ? JsonMapper.shared().writeValueAsString(summary(seconds)) : text(seconds));
    return broken ? 1 : 0;
  }

  /** Some seeds, as many at once as there are processors; over a database one after another. */
  private static List<Result> run(long from, long until, Optional<PostgresAddress> database)
      throws StoreUnusable {
    if (database.isEmpty()) {
      return LongStream.range(from, until).parallel().mapToObj(Simulation::run).toList();
    }
    var results = new ArrayList<Result>();
    for (long s = from; s < until; s++) {
      results.add(run(s, database.get()));
    }
    return results;
  }

  private static Result run(long seed, PostgresAddress server) throws StoreUnusable {
    try (var database = PostgresScratch.create(server)) {
      return Simulation.run(seed, () -> PostgresStore.open(database.address()));
    }
  }

  private void add(Result result) {
    run++;
    counts = counts.plus(result.counts());
    result.decisions().forEach((kind, n) -> decisions.merge(kind, n, Long::sum));
    virtual = virtual.plus(result.virtual());
    last = result;
  }

  private void progress(long most) {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
      System.err.printf("\r%d of %d seeds; go on with --from %d", run, most, from + run);
      System.err.flush();
    }
  }

  private Map<String, Object> summary(double seconds) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("seeds", run);
    summary.put("messages", counts.messages());
    summary.put("duplicates", counts.duplicates());
    summary.put("commits", counts.commits());
    summary.put("failedCommits", counts.failedCommits());
    summary.put("crashes", counts.crashes());
    summary.put("decisions", decisions);
    summary.put("virtualDays", virtual.toDays());
    summary.put("seedsPerSecond", Math.round((double) run / seconds * 10) / 10.0);
    var result = Objects.requireNonNull(last);
    if (seed != null) {
      summary.put("digest", result.digest());
    }
    var violation = result.violation();
    if (violation != null) {
      summary.put("violation", violation);
    }
    return summary;
  }

  private String text(double seconds) {
    var text = new StringBuilder();
    decisions.forEach((kind, n) -> text.append("%10d %s%n".formatted(n, kind)));
    summary(seconds)
        .forEach(
            (name, value) -> {
              if (!value.equals(decisions)) {
                text.append("%-15s %s%n".formatted(name, value));
              }
            });
    return text.toString().stripTrailing();
  }
}
