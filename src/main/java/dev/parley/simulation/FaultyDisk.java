package dev.parley.simulation;

import dev.parley.message.Blob;
import dev.parley.message.Digest;
import dev.parley.store.Batch;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.StoreException;
import java.io.IOException;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes, or is full, or breaks so that nobody knows whether it wrote. */
final class FaultyDisk implements SimulatedStore.Disk {
  private final World world;
  private final Decisions decisions;
  private int commits;
  private int failures;

  FaultyDisk(World world, Decisions decisions) {
    this.world = world;
    this.decisions = decisions;
  }

  int commits() {
    return commits;
  }

  int failures() {
    return failures;
  }

  @Override
  public void write(Tables tables, Batch batch) {
    if (world.trouble(world.swarm().diskFull())) {
      failures++;
      throw StoreException.full(new IOException("No space left on device"));
    }
    if (world.trouble(world.swarm().diskBroken())) {
      failures++;
      if (world.chance().percent(50)) {
        put(tables, batch);
      }
      throw StoreException.broken("commit", new IOException("Input/output error"));
    }
    put(tables, batch);
  }

  private void put(Tables tables, Batch batch) {
    decisions.count(batch);
    OutboxRules.checkOwners(tables, batch);
    tables.write(batch);
    commits++;
    world.trace().add("commit of %d: %s".formatted(tables.log.writer(), summary(batch)));
  }

  private static String summary(Batch batch) {
    var text = new StringBuilder();
    batch.newMessages().forEach(m -> text.append("+").append(m));
    batch.changedMessages().forEach(m -> text.append("~").append(m));
    batch.newInstances().forEach(i -> text.append(" +").append(summary(i)));
    batch.changedInstances().forEach(i -> text.append(" ~").append(summary(i)));
    text.append(" +").append(batch.newSubscriptions());
    text.append(" -").append(batch.goneSubscriptions());
    text.append(" keys ").append(batch.keys());
    text.append(" +").append(batch.newWaiting()).append(" -").append(batch.goneWaiting());
    text.append(" +").append(batch.newTimers()).append(" -").append(batch.goneTimers());
    text.append(" +").append(batch.newOutbox()).append(" ~").append(batch.changedOutbox());
    batch.history().forEach(h -> text.append(" turn ").append(h.id()).append(digest(h.turn())));
    text.append(' ').append(batch.incidents());
    return text.toString();
  }

  private static String summary(InstanceRow row) {
    var items =
        new TreeMap<>(row.items())
            .entrySet().stream()
                .map(e -> e.getKey() + ":" + digest(e.getValue()))
                .collect(Collectors.joining(","));
    return "%s v%d %s %s [%s]"
        .formatted(row.id(), row.version(), row.status(), digest(row.state()), items);
  }

  private static Digest digest(Blob blob) {
    return Digest.of(blob.bytes());
  }
}
