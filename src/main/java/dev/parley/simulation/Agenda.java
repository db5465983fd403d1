package dev.parley.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Virtual time: what happens next, one thing after another; chance decides between equals. */
final class Agenda implements InstantSource {
  static final Instant BEGIN = Instant.parse("2031-01-01T00:00:00Z");

  private record Entry(Instant at, long tie, long number, Runnable what) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparing(Entry::at)
              .thenComparingLong(Entry::tie)
              .thenComparingLong(Entry::number));
  private final Chance chance;
  private Instant now = BEGIN;
  private long count;
  private @Nullable RuntimeException failure;

  Agenda(Chance chance) {
    this.chance = chance;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void in(Duration delay, Runnable what) {
    at(now.plus(delay), what);
  }

  void at(Instant when, Runnable what) {
    entries.add(new Entry(when.isBefore(now) ? now : when, chance.next(), count++, what));
  }

  /** Does what is next; false when there is nothing left to do. */
  boolean step() {
    var entry = entries.poll();
    if (entry == null) {
      return false;
    }
    now = entry.at();
    entry.what().run();
    if (failure != null) {
      throw failure;
    }
    return true;
  }

  /** Something failed where an exception would be lost: it ends the run. */
  void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  long steps() {
    return count;
  }
}
