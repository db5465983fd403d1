package dev.parley.turn;

import dev.parley.store.Store;
import java.time.Duration;
import java.time.Instant;

/**
 * Which part of the work that any gateway may do this one does: another one's part is left to it
 * for a while. Two that do the same do it once: one of them loses the race.
 *
 * @param place of this gateway among those that are up, from 0
 * @param gateways that are up
 */
public record Share(int place, int gateways) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public static Share of(Store store) {
    var up = store.gateways().stream().sorted().toList();
    return new Share(Math.max(0, up.indexOf(store.bootId())), Math.max(1, up.size()));
  }

  /** Whether something is this gateway's that has been due for so long. */
  public boolean isOurs(long id, Instant due, Instant now) {
    return Math.floorMod(Long.hashCode(id), gateways) == place || due.plus(PATIENCE).isBefore(now);
  }

  /** Whether what only one is to do is this one's. */
  public boolean isFirst() {
    return place == 0;
  }
}
