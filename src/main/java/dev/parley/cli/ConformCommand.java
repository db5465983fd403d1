package dev.parley.cli;

import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.report.JunitReport;
import dev.parley.conformance.report.TextReport;
import dev.parley.conformance.run.CaseResult;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.finding.RefusedException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
      "Exit codes: 0 all passed, 1 a case failed or none was run, 2 cases with mistakes."
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

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
  private @Nullable Path junit;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    quiet();
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var cases = cases();
    var runner = runner();
    var results = new ArrayList<CaseResult>();
    for (var played : cases) {
      progress(results.size(), cases.size(), played);
      var result = runner.run(played);
      results.add(result);
      if (!json) {
        erase();
        out.println(TextReport.line(result));
        TextReport.details(result).forEach(out::println);
        out.flush();
      }
    }
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

  private void progress(int done, int all, Case next) {
    if (!json && isTerminal()) {
      System.err.printf("\r\033[K%d of %d  %s/%s", done, all, next.folder(), next.name());
      System.err.flush();
    }
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
        out.println("No case was run: that is a failure.");
      }
    }
    return failed > 0 || passed == 0 ? 1 : 0;
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
