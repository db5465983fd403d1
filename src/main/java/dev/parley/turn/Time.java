package dev.parley.turn;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Time as a gateway lives it: what its clock says, who is woken again and again, how long somebody
 * waits. Threads and waits are real; whoever makes time virtual overrides them.
 */
public interface Time extends InstantSource {
  /** The machine's. */
  Time REAL = InstantSource.system()::instant;

  /** Calls this again and again until it is closed, never twice at once. */
  default Beat every(String name, Duration tick, Runnable task) {
    return Pulse.start(name, tick, task);
  }

  /** What comes, or TimeoutException when nothing has for so long. */
  default <T> T await(CompletableFuture<T> coming, Duration most)
      throws InterruptedException, ExecutionException, TimeoutException {
    return coming.get(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Work begins: until as much has ended there is no quiet, and virtual time stands still. */
  default void workBegins() {}

  default void workEnds() {}

  /** Something that is called again and again. */
  @FunctionalInterface
  interface Beat extends AutoCloseable {
    /** From now on it is not called any more; a call under way goes on. */
    @Override
    void close();
  }
}
