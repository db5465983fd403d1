package dev.parley.conformance.report;

import dev.parley.conformance.run.CaseResult;
import dev.parley.conformance.run.CaseResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** For people: a line for a case, a table at the end. */
public final class TextReport {
  private TextReport() {}

  /** One case, as soon as it is over. */
  public static String line(CaseResult result) {
    return "%s %s/%s  %d ms%s"
        .formatted(
            mark(result),
            result.played().folder(),
            result.played().name(),
            result.took().toMillis(),
            result.outcome() instanceof Outcome.NotRun(var reason) ? "  not run: " + reason : "");
  }

  private static String mark(CaseResult result) {
    return switch (result.outcome()) {
      case Outcome.Passed _ -> "✔";
      case Outcome.Failed _ -> "✘";
      case Outcome.NotRun _ -> "-";
    };
  }

  /** Why a case failed, and what had happened. */
  public static List<String> details(CaseResult result) {
    var lines = new ArrayList<String>();
    if (result.outcome() instanceof Outcome.Failed failed) {
      lines.add("%s: %s".formatted(failed.at(), result.played().name()));
      lines.add("  expected " + indented(failed.expected()));
      lines.add("  found    " + indented(failed.actual()));
      lines.add("  so far");
      failed.soFar().forEach(l -> lines.add("    " + l));
    }
    return lines;
  }

  private static String indented(String text) {
    return text.strip().replace("\n", "\n           ");
  }

  /** Folder by folder. */
  public static List<String> table(List<CaseResult> results) {
    var folders = new LinkedHashMap<String, List<CaseResult>>();
    results.forEach(
        r -> folders.computeIfAbsent(r.played().folder(), _ -> new ArrayList<>()).add(r));
    var lines = new ArrayList<String>();
    lines.add(
        "%-28s %7s %7s %8s %8s".formatted("folder", "passed", "failed", "not run", "seconds"));
    folders.forEach((folder, own) -> lines.add(row(folder, own)));
    if (folders.size() > 1) {
      lines.add(row("all", results));
    }
    return lines;
  }

  private static String row(String name, List<CaseResult> results) {
    long passed = results.stream().filter(CaseResult::isPassed).count();
    long failed = results.stream().filter(CaseResult::isFailed).count();
    double seconds = results.stream().mapToDouble(r -> (double) r.took().toMillis() / 1000).sum();
    return "%-28s %7d %7d %8d %8.1f"
        .formatted(name, passed, failed, results.size() - passed - failed, seconds);
  }
}
