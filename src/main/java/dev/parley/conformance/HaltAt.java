package dev.parley.conformance;

import dev.parley.turn.Checkpoint;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Ends the process, as a power cut would, when a point has been reached a number of times. */
public final class HaltAt implements Checkpoint.Probe {
  /** What a process ended by SIGKILL reports. */
  public static final int EXIT_CODE = 137;

  private static final int LETTING_OUT_MILLIS = 30;

  private final Checkpoint point;
  private final AtomicInteger left;

  private HaltAt(Checkpoint point, int times) {
    this.point = point;
    this.left = new AtomicInteger(times);
  }

  /**
   * From a text such as {@code batch-committed:17}; throws IllegalArgumentException where it is
   * none.
   */
  public static HaltAt parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "Expected a fail point such as batch-committed:17, found '%s'".formatted(text));
    }
    String name = text.substring(0, colon).toUpperCase(Locale.ROOT).replace('-', '_');
    return new HaltAt(Checkpoint.valueOf(name), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public void at(Checkpoint checkpoint) {
    if (checkpoint == point && left.decrementAndGet() == 0) {
      // What was let out before this point, such as an answer, gets out; this thread goes no
      // further.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LETTING_OUT_MILLIS));
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
