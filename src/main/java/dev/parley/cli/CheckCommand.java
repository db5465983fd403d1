package dev.parley.cli;

import dev.parley.deployment.Advice;
import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Says what is wrong with bundles. */
@Command(
    name = "check",
    description = "Says what is wrong with bundles: file, line, element, what to do.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley check patterns",
      "  parley check my-folder --json",
      "  parley check my-folder --advise",
      "",
      "Exit codes: 0 every bundle can be deployed, 2 one cannot."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "A bundle, or a folder of bundles.")
  private List<Path> folders = List.of();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Option(
      names = "--advise",
      description = "Print modelling advice too (docs/modelling.md); it refuses nothing.")
  private boolean advise;

  @Spec private @Nullable CommandSpec spec;

  /** What was found in one bundle. */
  private record Checked(String bundle, List<String> processes, List<Finding> findings) {
    boolean isRefused() {
      return findings.stream().anyMatch(Finding::isError);
    }
  }

  @Override
  public Integer call() throws Exception {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var checked = new ArrayList<Checked>();
    var deployer = new Deployer(new Expressions(), Settings.DEFAULT);
    for (var bundle : Bundles.find(folders)) {
      try {
        var deployable = deployer.compile(bundle);
        var keys = deployable.processes().stream().map(p -> p.key()).toList();
        var findings = new ArrayList<>(deployable.warnings());
        if (advise) {
          deployable.processes().forEach(p -> findings.addAll(Advice.of(p)));
        }
        checked.add(new Checked(shown(bundle.root()), keys, findings));
      } catch (RefusedException e) {
        checked.add(new Checked(shown(bundle.root()), List.of(), e.findings()));
      }
    }
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asJson(checked)));
    } else {
      checked.forEach(c -> print(out, c));
    }
    return checked.stream().anyMatch(Checked::isRefused) ? Parley.UNUSABLE : 0;
  }

  /** As a user would name it here. */
  private static String shown(Path folder) {
    var here = Path.of("").toAbsolutePath();
    boolean below = folder.startsWith(here) && !folder.equals(here);
    return (below ? here.relativize(folder) : folder).toString();
  }

  private static void print(PrintWriter out, Checked checked) {
    checked.findings().forEach(f -> out.println(checked.bundle() + "/" + f));
    long errors = checked.findings().stream().filter(Finding::isError).count();
    out.println(
        checked.isRefused()
            ? "%s: refused, %d errors".formatted(checked.bundle(), errors)
            : "%s: deploys %s".formatted(checked.bundle(), String.join(", ", checked.processes())));
  }

  private static Map<String, Object> asJson(List<Checked> checked) {
    var findings = new ArrayList<Map<String, Object>>();
    checked.forEach(c -> c.findings().forEach(f -> findings.add(asJson(c.bundle(), f))));
    var json = new LinkedHashMap<String, Object>();
    json.put("bundles", checked.size());
    json.put("refused", checked.stream().filter(Checked::isRefused).count());
    json.put("findings", findings);
    return json;
  }

  private static Map<String, Object> asJson(String bundle, Finding finding) {
    var json = new LinkedHashMap<String, Object>();
    json.put("bundle", bundle);
    json.put("file", finding.location().file());
    json.put("line", finding.location().line());
    json.put("column", finding.location().column());
    json.put("severity", finding.severity().name());
    json.put("element", finding.element());
    json.put("rule", finding.rule());
    json.put("problem", finding.problem());
    json.put("remedy", finding.remedy());
    return json;
  }
}
