package dev.parley.cli;

import dev.parley.conformance.crash.CrashAudit;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Kills gateways to see what they promise. */
@Command(
    name = "crash-test",
    description =
        "Loads a gateway, kills it again and again, and audits that every acknowledged message had"
            + " its effect exactly once.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley crash-test                              25 kills, two minutes",
      "  parley crash-test --kills 1000 --life 4000     before a release",
      "  parley crash-test --store jdbc:postgresql://localhost/postgres?user=postgres",
      "",
      "Exit codes: 0 every promise was kept, 1 one was not; its journal is shown."
    })
final class CrashCommand implements Callable<Integer> {
  @Option(
      names = "--kills",
      description = "How often to kill it (default: ${DEFAULT-VALUE}).",
      defaultValue = "25")
  private int kills = 25;

  @Option(
      names = "--life",
      paramLabel = "MILLIS",
      description = "How long it lives at most before a random kill (default: ${DEFAULT-VALUE}).",
      defaultValue = "1500")
  private int life = 1500;

  @Option(names = "--seed", description = "Of the load and of the kills (default: a new one).")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Mixin private TrialServer server = new TrialServer();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    if (kills < 1) {
      throw new UnusableException("Expected --kills to be at least 1, found " + kills + ".");
    }
    if (life < 100) {
      throw new UnusableException("Expected --life to be at least 100, found " + life + ".");
    }
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    var report = new CrashAudit(kills, Duration.ofMillis(life), chosen, server.address()).run();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(report.asJson()));
    } else {
      report.lines().forEach(out::println);
    }
    return report.isClean() ? 0 : 1;
  }
}
