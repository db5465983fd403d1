package dev.parley.bench;

import dev.parley.bench.Results.Held;
import dev.parley.bench.Results.Line;
import dev.parley.bench.Results.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The results as people and as programs read them. */
final class Report {
  private static final String HEAD =
      "%-40s %11s %11s %9s %9s %8s %8s"
          .formatted(
              "workload", "connections", "messages/s", "p50 ms", "p99 ms", "CPU µs", "ratio");

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  String json() {
    return results.lines().stream()
            .map(Report::json)
            .collect(Collectors.joining(",\n  ", "{\"results\":[\n  ", "\n],\n"))
        + results.shares().stream()
            .map(Report::json)
            .collect(
                Collectors.joining(
                    ",\n  ", "\"crowd\":\"" + results.crowd() + "\",\n\"shares\":[\n  ", "\n],\n"))
        + results.held().entrySet().stream()
            .map(held -> json(held.getKey(), held.getValue()))
            .collect(Collectors.joining(",\n  ", "\"servers\":[\n  ", "\n]}"));
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
    lines.add(
        "%-62s %11s %11s %11s %11s"
            .formatted("memory, MiB", "live heap", "resident", "peak", "start, s"));
    results.held().forEach((server, held) -> lines.add(row(server, held)));
    return String.join("\n", lines);
  }

  private static String row(Line line) {
    var window = line.window();
    return "%-40s %,11d %,11.0f %9.2f %9.2f %8.0f %8.2f"
        .formatted(
            line.label(),
            line.cell().connections(),
            window.messagesPerSecond(),
            window.p50Millis(),
            window.p99Millis(),
            window.cpuMicros(),
            line.ratio());
  }

  private static String row(String server, Held held) {
    var memory = held.memory();
    return "%-62s %11s %11s %11s %11.1f"
        .formatted(
            server,
            mebibytes(memory.live()),
            mebibytes(memory.resident()),
            mebibytes(memory.peak()),
            held.started().toMillis() / 1e3);
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? Long.toString(bytes.getAsLong() >> 20) : "unknown";
  }

  /** How the correlated workload fares in a crowded store, relative to one with little in it. */
  private List<String> slowing() {
    var lines = new ArrayList<String>();
    for (var share : results.shares()) {
      lines.add(
          "With %s instead of %s, correlated messages: %.2f of the messages/s at %d connections (rounds: %.2f to %.2f)."
              .formatted(
                  results.crowd(),
                  Stock.FEW,
                  share.ratio(),
                  share.connections(),
                  share.least(),
                  share.most()));
    }
    if (results.crowd().remembered() > 0) {
      lines.add(
          "Identities: %d slices, the closed ones with filters of %.1f MiB."
              .formatted(results.filters().slices(), results.filters().bytes() / 1048576.0));
    }
    return lines;
  }

  private static String json(Share share) {
    return "{\"connections\":%d,\"ratioToFew\":%.3f,\"least\":%.3f,\"most\":%.3f}"
        .formatted(share.connections(), share.ratio(), share.least(), share.most());
  }

  private static String json(String server, Held held) {
    return "{\"server\":\"%s\",\"liveHeap\":%d,\"startMillis\":%d}"
        .formatted(server, held.memory().live().orElse(0), held.started().toMillis());
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
