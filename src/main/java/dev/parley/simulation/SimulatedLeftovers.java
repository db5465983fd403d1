package dev.parley.simulation;

import dev.parley.message.MessageId;
import dev.parley.store.Leftovers;
import java.util.Comparator;

/** Removes from the tables what is asked to be removed, at once and exactly. */
final class SimulatedLeftovers implements Leftovers {
  private final Tables tables;

  SimulatedLeftovers(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    var rows = tables.identities.values();
    rows.removeIf(r -> r.message().compareTo(before) < 0);
    rows.stream()
        .sorted(Comparator.comparing(r -> r.message()))
        .limit(Math.max(0, rows.size() - most))
        .toList()
        .forEach(r -> tables.identities.remove(r.identity()));
  }
}
