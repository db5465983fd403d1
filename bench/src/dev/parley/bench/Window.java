package dev.parley.bench;

import java.time.Duration;

/**
 * What was measured in some seconds of one cell, or the medians of several.
 *
 * @param cpuMicros of the server, for each message
 */
record Window(double messagesPerSecond, double p50Millis, double p99Millis, double cpuMicros) {
  private static final double NANOS_IN_MILLI = 1e6;

  static Window of(long messages, Duration time, long p50, long p99, Duration cpu) {
    if (messages == 0) {
      throw new BenchException("Expected messages in %s, but there were none.".formatted(time));
    }
    return new Window(
        messages * 1e9 / time.toNanos(),
        p50 / NANOS_IN_MILLI,
        p99 / NANOS_IN_MILLI,
        cpu.toNanos() / 1e3 / messages);
  }
}
