package dev.parley.turn;

import dev.parley.message.Id;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes time-ordered ids that no other boot of this store makes: the boot's number takes the node's
 * place in them. Grows even when the clock goes back. Safe for many threads.
 */
public final class IdSource implements LongSupplier {
  private static final int NODES = 1 << Id.NODE_BITS;
  private static final long COUNTER = 1L << Id.COUNTER_BITS;

  private final InstantSource clock;
  private final long node;
  private final AtomicLong last = new AtomicLong();

  public IdSource(InstantSource clock, int boot) {
    this.clock = clock;
    this.node = Math.floorMod(boot, NODES);
  }

  @Override
  public long getAsLong() {
    long ticks = (clock.millis() - Id.EPOCH_MILLIS) * COUNTER;
    long next = last.updateAndGet(previous -> Math.max(previous + 1, ticks));
    long millis = next / COUNTER;
    return millis << (Id.NODE_BITS + Id.COUNTER_BITS) | node << Id.COUNTER_BITS | next % COUNTER;
  }
}
