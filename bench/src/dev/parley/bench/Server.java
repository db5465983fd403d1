package dev.parley.bench;

import java.time.Duration;

/**
 * A server under load.
 *
 * @param started how long it took to
 */
record Server(Child process, int port, Duration started) implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final double IDLE = 0.15;
  private static final int GLANCES = 1200;

  /** Waits until it has done what it does after its start: it looks at all messages that wait. */
  void becomeQuiet() {
    int quiet = 0;
    for (int glance = 0; quiet < 2; glance++) {
      if (glance == GLANCES) {
        throw new BenchException("Expected a server to become idle, but it is busy still.");
      }
      var before = process.cpu();
      Child.sleep(GLANCE);
      long used = process.cpu().minus(before).toMillis();
      quiet = used < IDLE * GLANCE.toMillis() ? quiet + 1 : 0;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
