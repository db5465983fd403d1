package dev.parley.conformance.run;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Somewhere else, in real time: what is expected may come until patience ends, and what must not
 * come has that long to come.
 */
record Remote(URI base, Duration patience) implements Tested {
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  /** It runs already, and has these bundles. */
  @Override
  public void start(Collection<Path> bundles) {}

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public void settle() {}

  @Override
  public void await(BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {}
}
