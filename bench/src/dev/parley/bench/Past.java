package dev.parley.bench;

import dev.parley.turn.Time;
import java.time.Instant;

/** A clock that shows what it is told to, and never goes back. */
final class Past implements Time {
  private volatile Instant now;

  Past(Instant begin) {
    now = begin;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** From one thread only. */
  void reach(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }
}
