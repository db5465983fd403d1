package dev.parley.bench;

import java.util.Comparator;
import java.util.List;

/** Windows of one cell in the same circumstances, one at least. */
record Phase(String name, List<Window> windows) {
  static final String HEAD =
      "%-28s %8s %11s %9s %9s %14s"
          .formatted("", "windows", "messages/s", "p50 ms", "p99 ms", "worst p99 ms");

  Phase {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new BenchException(
          "Expected time to measure '%s', but there was none; ask for more messages or for shorter windows."
              .formatted(name));
    }
  }

  /** The window whose p99 is in the middle; of two, the worse one. */
  Window median() {
    return windows.stream()
        .sorted(Comparator.comparingDouble(Window::p99Millis))
        .toList()
        .get(windows.size() / 2);
  }

  double worstP99() {
    return windows.stream().mapToDouble(Window::p99Millis).max().orElseThrow();
  }

  String row() {
    var window = median();
    return "%-28s %8d %,11.0f %9.2f %9.2f %14.2f"
        .formatted(
            name,
            windows.size(),
            window.messagesPerSecond(),
            window.p50Millis(),
            window.p99Millis(),
            worstP99());
  }

  String json() {
    var window = median();
    return ("{\"phase\":\"%s\",\"windows\":%d,\"messagesPerSecond\":%.1f,\"p50Millis\":%.3f,"
            + "\"p99Millis\":%.3f,\"worstP99Millis\":%.3f}")
        .formatted(
            name,
            windows.size(),
            window.messagesPerSecond(),
            window.p50Millis(),
            window.p99Millis(),
            worstP99());
  }
}
