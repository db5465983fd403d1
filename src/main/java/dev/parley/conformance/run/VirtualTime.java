package dev.parley.conformance.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that moves only when it is told to, and is told to only when nobody is at work. Work is
 * counted: whoever hands something on begins it, and ends its own only after that. Whoever waits
 * for a time to come, or for an answer that may take long, is not at work meanwhile.
 */
public final class VirtualTime {
  /** Real time after which a gateway that does not come to rest has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private final PriorityQueue<Entry> agenda =
      new PriorityQueue<>(Comparator.comparing(Entry::when).thenComparing(Entry::number));
  private Instant now;
  private int atWork;
  private long entries;

  /** Something that happens at a time. */
  private record Entry(Instant when, long number, Runnable what) {}

  /** A thread that waits for a time; true when it has come, false when it was let go before. */
  static final class Hold {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  }

  /** Takes back what was to happen. */
  interface Cancellation {
    void cancel();
  }

  VirtualTime(Instant start) {
    this.now = start;
  }

  Instant now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  void begin() {
    lock.lock();
    try {
      atWork++;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      atWork--;
      if (atWork <= 0) {
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  Cancellation at(Instant when, Runnable what) {
    lock.lock();
    try {
      var entry = new Entry(when, entries++, what);
      agenda.add(entry);
      return () -> remove(entry);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Entry entry) {
    lock.lock();
    try {
      agenda.remove(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when nobody is at work. */
  void settle() {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (atWork > 0) {
        if (left <= 0) {
          throw new Mismatch(
              "that the gateway comes to rest",
              "%d pieces of work under way after %d s".formatted(atWork, PATIENCE.toSeconds()));
        }
        left = quiet.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** When the next entry is due, at the latest then. */
  Optional<Instant> next(Instant latest) {
    lock.lock();
    try {
      return Optional.ofNullable(agenda.peek()).map(Entry::when).filter(w -> !w.isAfter(latest));
    } finally {
      lock.unlock();
    }
  }

  /** It is then; what is due happens. */
  void moveTo(Instant then) {
    lock.lock();
    try {
      if (then.isAfter(now)) {
        now = then;
      }
    } finally {
      lock.unlock();
    }
    for (var due = take(); due.isPresent(); due = take()) {
      due.get().what().run();
    }
  }

  private Optional<Entry> take() {
    lock.lock();
    try {
      var first = agenda.peek();
      return first == null || first.when().isAfter(now)
          ? Optional.empty()
          : Optional.ofNullable(agenda.poll());
    } finally {
      lock.unlock();
    }
  }

  /** Holds this thread, which is at work, for so long; false where it was let go before. */
  boolean hold(Duration most, Hold held) {
    var alarm =
        at(
            now().plus(most),
            () -> {
              begin();
              if (!held.end.complete(true)) {
                end();
              }
            });
    end();
    try {
      return held.end.get(1, TimeUnit.HOURS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Held for too long", e);
    } finally {
      alarm.cancel();
    }
  }

  /** Lets go of a thread that is held. */
  void release(Hold held) {
    begin();
    if (!held.end.complete(false)) {
      end();
    }
  }
}
