package dev.parley.bench;

import dev.parley.bench.Results.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The results as people and as programs read them. */
final class Report {
  private static final String HEAD =
      "%-34s %11s %11s %9s %9s %8s %8s"
          .formatted(
              "workload", "connections", "messages/s", "p50 ms", "p99 ms", "CPU µs", "ratio");

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  String json() {
    return results.lines().stream()
        .map(Report::json)
        .collect(Collectors.joining(",\n  ", "{\"results\":[\n  ", "\n]}"));
  }

  String text(String machine) {
    var lines = new ArrayList<String>();
    lines.add(machine);
    lines.add("");
    lines.add(HEAD);
    results.lines().forEach(line -> lines.add(row(line)));
    lines.add("");
    lines.add(
        "CPU: of the server, for each message. Ratio: to the bare CXF endpoint's messages/s"
            + " (one-way or echo) at as many connections.");
    lines.addAll(slowing());
    lines.add("");
    lines.add("%-34s %11s %11s %11s".formatted("memory, MiB", "live heap", "resident", "peak"));
    results.held().forEach(held -> lines.add(row(held)));
    return String.join("\n", lines);
  }

  private static String row(Line line) {
    var window = line.window();
    return "%-34s %,11d %,11.0f %9.2f %9.2f %8.0f %8.2f"
        .formatted(
            line.label(),
            line.cell().connections(),
            window.messagesPerSecond(),
            window.p50Millis(),
            window.p99Millis(),
            window.cpuMicros(),
            line.ratio());
  }

  private static String row(Results.Held held) {
    var memory = held.memory();
    return "%-34s %11s %11s %11s"
        .formatted(
            held.server(),
            mebibytes(memory.live()),
            mebibytes(memory.resident()),
            mebibytes(memory.peak()));
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? Long.toString(bytes.getAsLong() >> 20) : "unknown";
  }

  /** How the correlated workload fares with many waiting instances, relative to few. */
  private List<String> slowing() {
    String parts =
        results.lines().stream()
            .filter(many -> many.cell().workload() == Workload.CROWDED)
            .flatMap(
                many ->
                    results.line(Workload.CORRELATED, many.cell().connections()).stream()
                        .map(few -> slowing(few, many)))
            .collect(Collectors.joining(", "));
    return parts.isEmpty()
        ? List.of()
        : List.of(
            "With %s instead of %,d waiting, correlated messages: %s."
                .formatted(results.crowd(), Campaign.FEW_WAITING, parts));
  }

  private static String slowing(Line few, Line many) {
    double share = many.window().messagesPerSecond() / few.window().messagesPerSecond();
    return "%.2f of the messages/s at %d connections".formatted(share, many.cell().connections());
  }

  private static String json(Line line) {
    var window = line.window();
    return ("{\"workload\":\"%s\",\"connections\":%d,\"messagesPerSecond\":%.1f,\"p50Millis\":%.3f,"
            + "\"p99Millis\":%.3f,\"cpuMicros\":%.1f,\"ratioToBareCxf\":%.3f}")
        .formatted(
            line.label(),
            line.cell().connections(),
            window.messagesPerSecond(),
            window.p50Millis(),
            window.p99Millis(),
            window.cpuMicros(),
            line.ratio());
  }
}
