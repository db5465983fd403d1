package dev.parley.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All that was measured. */
final class Results {
  /** Each round's window beside the bare endpoint's, measured just before it. */
  private record Measured(Window window, double ratio) {}

  /**
   * A cell's medians over its rounds.
   *
   * @param ratio of its throughput to the bare endpoint's of the same round
   */
  record Line(Cell cell, String label, Window window, double ratio) {}

  /** What a server held at some time. */
  record Held(String server, Memory memory) {}

  private final Map<Cell, List<Measured>> measured = new LinkedHashMap<>();
  private final Map<Cell, Window> latest = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private int waiting;
  private int queued;

  void add(Cell cell, Window window) {
    latest.put(cell, window);
    var own = cell.workload();
    var base = new Cell(own.baseline().orElse(own), cell.connections());
    var baseline = Objects.requireNonNull(latest.get(base), "measured before what is compared");
    double ratio = window.messagesPerSecond() / baseline.messagesPerSecond();
    measured.computeIfAbsent(cell, _ -> new ArrayList<>()).add(new Measured(window, ratio));
  }

  void add(String server, Memory memory) {
    held.add(new Held(server, memory));
  }

  void waiting(int instances) {
    waiting = instances;
  }

  void queued(int messages) {
    queued = messages;
  }

  /** What was in the crowded gateway's store. */
  String crowd() {
    return "%,d waiting".formatted(waiting) + (queued > 0 ? ", %,d queued".formatted(queued) : "");
  }

  /** How many instances waited where many did. */
  int waiting() {
    return waiting;
  }

  List<Held> held() {
    return held;
  }

  /** By workload, then by connections. */
  List<Line> lines() {
    return measured.keySet().stream()
        .sorted(Comparator.comparing(Cell::workload).thenComparing(Cell::connections))
        .map(this::line)
        .toList();
  }

  Optional<Line> line(Workload workload, int connections) {
    var cell = new Cell(workload, connections);
    return measured.containsKey(cell) ? Optional.of(line(cell)) : Optional.empty();
  }

  private Line line(Cell cell) {
    var all = Objects.requireNonNull(measured.get(cell));
    var window =
        new Window(
            median(all, m -> m.window().messagesPerSecond()),
            median(all, m -> m.window().p50Millis()),
            median(all, m -> m.window().p99Millis()),
            median(all, m -> m.window().cpuMicros()));
    return new Line(cell, label(cell.workload()), window, median(all, Measured::ratio));
  }

  private String label(Workload workload) {
    return workload == Workload.CROWDED
        ? "in-only-correlated-%d-waiting".formatted(waiting)
        : workload.label;
  }

  private static double median(List<Measured> all, ToDoubleFunction<Measured> value) {
    double[] sorted = all.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
