package dev.parley.cli;

import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.report.JunitReport;
import dev.parley.conformance.report.TextReport;
import dev.parley.conformance.run.CaseResult;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.conformance.run.Suite;
import dev.parley.finding.RefusedException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Plays conformance cases. */
@Command(
    name = "conform",
    description =
        "Plays conformance cases: conversations with a process, held against what must come of"
            + " them.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley conform                            plays conformance/, in this process",
      "  parley conform conformance/order --name crash",
      "  parley conform my-suite --junit report.xml",
      "  parley conform --target http://127.0.0.1:8080 --partner supplier=8090",
      "  parley conform --json",
      "",
      "Each case gets a fresh gateway in this process, in virtual time. With --target a gateway"
          + " that",
      "runs already is tested; it must have the cases' bundles, and dial their partners at the"
          + " ports",
      "given. Cases that need virtual time, a crash or a look inside are then not run, and say"
          + " why.",
      "",
      "Exit codes: 0 all that were run passed, 1 a case failed, 2 none was run, or unusable input."
    })
final class ConformCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      description = "Cases, or folders of cases (default: conformance/).")
  private List<Path> folders = List.of();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Play only cases whose folder/name has this text in it.")
  private String name = "";

  @Option(names = "--target", paramLabel = "URL", description = "Test the gateway that runs there.")
  private @Nullable String target;

  @Option(
      names = "--partner",
      paramLabel = "NAME=PORT",
      description = "With --target: where it reaches a partner of this name on this machine.")
  private Map<String, Integer> partners = Map.of();

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description = "With --target: how long something may take to come (default: PT2S).")
  private String patience = "PT2S";

  @Option(
      names = "--at-once",
      paramLabel = "NUMBER",
      description =
          "Play so many cases at a time (default: two for each processor; with --target, one).")
  private int atOnce;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
  private @Nullable Path junit;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    quiet();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    checkFile();
    var cases = cases();
    var results = new Suite(runner(), watch(out, cases.size())).play(cases, atOnce());
    if (junit != null) {
      JunitReport.write(junit, results);
    }
    return summary(out, results);
  }

  /** A case that fails says what happened; the gateway's own log is for whoever asks for it. */
  private static void quiet() {
    if (System.getenv("PARLEY_LOG") == null) {
      System.setProperty("PARLEY_LOG", "OFF");
    }
  }

  private List<Case> cases() throws IOException, RefusedException, UnusableException {
    var where = folders.isEmpty() ? List.of(Home.folder().resolve("conformance")) : folders;
    var all = new CaseReader(Home.folder()).read(where);
    var chosen = all.stream().filter(c -> (c.folder() + "/" + c.name()).contains(name)).toList();
    if (chosen.isEmpty()) {
      throw new UnusableException(
          "--name: expected a part of the name of a case, but none of %d has '%s' in it."
              .formatted(all.size(), name));
    }
    return chosen;
  }

  /** Before anything is played for it. */
  private void checkFile() throws UnusableException {
    var into = junit == null ? null : junit.toAbsolutePath().getParent();
    if (into != null && !Files.isDirectory(into)) {
      throw new UnusableException(
          "--junit: expected a file in a folder that is there, but there is no %s. Create it."
              .formatted(into));
    }
  }

  /** A case computes half of its time, and waits for disk and wire. */
  private int atOnce() throws UnusableException {
    if (atOnce < 0) {
      throw new UnusableException(
          "--at-once: expected a number of cases, but found '%d'.".formatted(atOnce));
    }
    return atOnce == 0 ? 2 * Runtime.getRuntime().availableProcessors() : atOnce;
  }

  private CaseRunner runner() throws UnusableException {
    if (target == null) {
      return CaseRunner.inProcess();
    }
    try {
      return CaseRunner.against(
          HttpAddress.of("--target", target), Duration.parse(patience), partners);
    } catch (DateTimeParseException e) {
      throw new UnusableException(
          "--patience: expected an ISO 8601 duration such as PT2S, but found '%s'."
              .formatted(patience));
    }
  }

  private Suite.Watch watch(PrintWriter out, int all) {
    return new Suite.Watch() {
      private int ended;

      @Override
      public synchronized void begins(Case played) {
        if (!json && isTerminal()) {
          System.err.printf("\r\033[K%d of %d  %s/%s", ended, all, played.folder(), played.name());
          System.err.flush();
        }
      }

      @Override
      public synchronized void ended(CaseResult result) {
        ended++;
        if (!json) {
          erase();
          out.println(TextReport.line(result));
          TextReport.details(result).forEach(out::println);
          out.flush();
        }
      }
    };
  }

  private static void erase() {
    if (isTerminal()) {
      System.err.print("\r\033[K");
      System.err.flush();
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private int summary(PrintWriter out, List<CaseResult> results) {
    long passed = results.stream().filter(CaseResult::isPassed).count();
    long failed = results.stream().filter(CaseResult::isFailed).count();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asJson(results, passed, failed)));
    } else {
      out.println();
      TextReport.table(results).forEach(out::println);
      if (passed + failed == 0) {
        out.println("No case was run: that is no success.");
      }
    }
    if (failed > 0) {
      return 1;
    }
    return passed > 0 ? 0 : Parley.UNUSABLE;
  }

  private static Map<String, Object> asJson(List<CaseResult> results, long passed, long failed) {
    var json = new LinkedHashMap<String, Object>();
    json.put("passed", passed);
    json.put("failed", failed);
    json.put("notRun", results.size() - passed - failed);
    json.put("cases", results.stream().map(ConformCommand::asJson).toList());
    return json;
  }

  private static Map<String, Object> asJson(CaseResult result) {
    var json = new LinkedHashMap<String, Object>();
    json.put("folder", result.played().folder());
    json.put("case", result.played().name());
    json.put("result", result.isPassed() ? "passed" : result.isFailed() ? "failed" : "notRun");
    json.put("reason", result.reason());
    return json;
  }
}
