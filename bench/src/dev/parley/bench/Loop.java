package dev.parley.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/** One thread's connections, each with one message under way. */
final class Loop {
  /** Longer than any gateway keeps a caller waiting. */
  private static final long PATIENCE_MILLIS = 65_000;

  private final List<Caller> callers;
  private final long measureFrom;
  private final long measureUntil;
  private final Histogram histogram = new Histogram();
  private int busy;

  /** Times are those of System.nanoTime(). */
  Loop(List<Caller> callers, long measureFrom, long measureUntil) {
    this.callers = callers;
    this.measureFrom = measureFrom;
    this.measureUntil = measureUntil;
  }

  /** Sends until the time is over or there is no more to send; every message is answered then. */
  Histogram run() throws IOException {
    try (var selector = Selector.open()) {
      for (var caller : callers) {
        caller.channel().register(selector, SelectionKey.OP_READ, caller);
        busy += caller.send() ? 1 : 0;
      }
      while (busy > 0) {
        if (selector.select(this::readable, PATIENCE_MILLIS) == 0) {
          throw new BenchException("Expected an answer, but none came.");
        }
      }
    }
    return histogram;
  }

  private void readable(SelectionKey key) {
    var caller = (Caller) key.attachment();
    try {
      long nanos = caller.receive();
      if (nanos < 0) {
        return;
      }
      long now = System.nanoTime();
      if (now - measureFrom >= 0 && now - measureUntil < 0) {
        histogram.add(nanos);
      }
      if (now - measureUntil >= 0 || !caller.send()) {
        busy--;
      }
    } catch (IOException e) {
      throw new BenchException("A connection broke: " + e.getMessage(), e);
    }
  }
}
