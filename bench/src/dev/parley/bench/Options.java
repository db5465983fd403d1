package dev.parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line asks for. */
@Command(
    name = "parley bench",
    sortOptions = false,
    footer = {
      "",
      "Large stores, one figure each:",
      "  parley bench --waiting 1000000 --queued 1000000 --heap 512m --connections 16 --rounds 9"
          + " --workloads in-only-correlated,in-only-correlated-waiting",
      "  parley bench --remembered 10000000 --connections 16 --rounds 9"
          + " --workloads in-only-correlated,in-only-correlated-waiting",
      "  parley bench --expiring 1000000",
      "  parley bench --stray 100000"
    })
final class Options {
  @Option(names = "--quick", description = "Ends within two minutes; fewer instances wait.")
  private boolean quick;

  @Option(names = "--json", description = "Prints JSON instead of tables.")
  private boolean json;

  @Option(names = "--seconds", description = "How long each cell is measured in each round.")
  private @Nullable Integer seconds;

  @Option(names = "--rounds", description = "How often each cell is measured; medians count.")
  private @Nullable Integer rounds;

  @Option(names = "--connections", split = ",", description = "How many at a time: 1,16,64.")
  private List<Integer> connections = List.of(1, 16, 64);

  @Option(names = "--workloads", split = ",", description = "Some of them, by name.")
  private List<String> workloads = Arrays.stream(Workload.values()).map(w -> w.label).toList();

  @Option(
      names = "--waiting",
      description =
          "How many instances wait in the crowded gateway; 100000, or 1024 with --remembered.")
  private @Nullable Integer waiting;

  @Option(names = "--queued", description = "How many messages are queued there, taken by nobody.")
  private int queued;

  @Option(
      names = "--remembered",
      description = "How many identities of past messages are remembered there.")
  private int remembered;

  @Option(
      names = "--expiring",
      description = "Measures nothing but so many queued messages that expire at once.")
  private int expiring;

  @Option(
      names = "--stray",
      description = "Measures nothing but so many messages that nobody takes, beside others.")
  private int stray;

  @Option(names = "--heap", description = "Of each server: 512m. 1g unless given.")
  private String heap = "1g";

  @Option(names = "--data", description = "Where gateways keep data; deleted in the end.")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  private Options() {}

  static Options parse(String[] arguments) {
    var options = new Options();
    var commandLine = new CommandLine(options);
    if (List.of(arguments).contains("--help")) {
      throw new BenchException(commandLine.getUsageMessage());
    }
    try {
      commandLine.parseArgs(arguments);
      options.check();
      return options;
    } catch (ParameterException e) {
      throw new BenchException(e.getMessage() + "\n" + commandLine.getUsageMessage(), e);
    }
  }

  boolean isQuick() {
    return quick;
  }

  boolean isJson() {
    return json;
  }

  /** How long a cell is measured in each round. */
  Duration window() {
    return seconds == null ? Duration.ofMillis(quick ? 700 : 5000) : Duration.ofSeconds(seconds);
  }

  /** How long each workload is sent over few connections first. */
  Duration settle() {
    return Duration.ofSeconds(isQuick() ? 1 : 10);
  }

  Duration warmUp() {
    return Duration.ofSeconds(quick ? 4 : 10);
  }

  int rounds() {
    return rounds == null ? (quick ? 2 : 3) : rounds;
  }

  List<Integer> connections() {
    return connections;
  }

  /** What is in the crowded gateway's store. */
  Stock crowd() {
    int many = remembered > 0 ? Stock.FEW.waiting() : quick ? 20_000 : 100_000;
    return new Stock(waiting == null ? many : waiting, queued, remembered);
  }

  /** 0: the workloads are measured. */
  int stray() {
    return stray;
  }

  /** As Java takes it. */
  String heap() {
    return heap;
  }

  /** 0: the workloads are measured. */
  int expiring() {
    return expiring;
  }

  Path data() {
    return data;
  }

  /** Which of these are asked for, and what they are compared to. */
  List<Workload> selected(Workload... among) {
    var chosen = chosen();
    var needed = EnumSet.noneOf(Workload.class);
    for (var workload : chosen) {
      needed.add(workload);
      workload.baseline().ifPresent(needed::add);
    }
    return Arrays.stream(among).filter(needed::contains).toList();
  }

  private Set<Workload> chosen() {
    var chosen = EnumSet.noneOf(Workload.class);
    workloads.stream().map(Workload::named).forEach(chosen::add);
    return chosen;
  }

  private void check() {
    boolean positive =
        connections.stream().allMatch(c -> c > 0)
            && !window().isZero()
            && !window().isNegative()
            && rounds() > 0
            && crowd().waiting() > 0
            && queued >= 0
            && remembered >= 0
            && stray >= 0
            && expiring >= 0;
    if (!positive || chosen().isEmpty()) {
      throw new BenchException("Expected numbers of at least 1, and at least one workload.");
    }
  }
}
