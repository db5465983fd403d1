package dev.parley.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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

  /** What a server held in the end, and how long it took to start. */
  record Held(Memory memory, Duration started) {}

  /**
   * A crowded store beside one with little in it.
   *
   * @param ratio of messages/s, the median of the rounds'; in each both were measured
   */
  record Share(int connections, double ratio, double least, double most) {}

  private final Map<Cell, List<Measured>> measured = new LinkedHashMap<>();
  private final Map<Cell, Window> latest = new LinkedHashMap<>();
  private final Map<String, Held> held = new LinkedHashMap<>();
  private Stock crowd = Stock.FEW;
  private Filters filters = Filters.NONE;

  void add(Cell cell, Window window) {
    latest.put(cell, window);
    var own = cell.workload();
    var base = new Cell(own.baseline().orElse(own), cell.connections());
    var baseline = Objects.requireNonNull(latest.get(base), "measured before what is compared");
    double ratio = window.messagesPerSecond() / baseline.messagesPerSecond();
    measured.computeIfAbsent(cell, _ -> new ArrayList<>()).add(new Measured(window, ratio));
  }

  void add(String server, Held what) {
    held.put(server, what);
  }

  /** What is in the crowded gateway's store. */
  void crowd(Stock stock, Filters ofIdentities) {
    crowd = stock;
    filters = ofIdentities;
  }

  Stock crowd() {
    return crowd;
  }

  Filters filters() {
    return filters;
  }

  /** By server. */
  Map<String, Held> held() {
    return held;
  }

  /** How the correlated workload fares in the crowded store, by connections. */
  List<Share> shares() {
    return lines().stream()
        .map(Line::cell)
        .filter(cell -> cell.workload() == Workload.CROWDED)
        .flatMap(cell -> share(cell.connections()).stream())
        .toList();
  }

  private Optional<Share> share(int connections) {
    var few = measured.getOrDefault(new Cell(Workload.CORRELATED, connections), List.of());
    var many = measured.getOrDefault(new Cell(Workload.CROWDED, connections), List.of());
    var ratios =
        IntStream.range(0, Math.min(few.size(), many.size()))
            .mapToDouble(i -> speed(many.get(i)) / speed(few.get(i)))
            .sorted()
            .toArray();
    return ratios.length == 0
        ? Optional.empty()
        : Optional.of(new Share(connections, middle(ratios), ratios[0], ratios[ratios.length - 1]));
  }

  private static double speed(Measured measured) {
    return measured.window().messagesPerSecond();
  }

  /** By workload, then by connections. */
  List<Line> lines() {
    return measured.keySet().stream()
        .sorted(Comparator.comparing(Cell::workload).thenComparing(Cell::connections))
        .map(this::line)
        .toList();
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
    return workload == Workload.CROWDED ? "in-only-correlated-" + crowd.suffix() : workload.label;
  }

  private static double median(List<Measured> all, ToDoubleFunction<Measured> value) {
    return middle(all.stream().mapToDouble(value).sorted().toArray());
  }

  private static double middle(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
