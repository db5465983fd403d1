package dev.parley.conformance.run;

import dev.parley.Gateway;
import dev.parley.Surroundings;
import dev.parley.config.Config;
import dev.parley.deployment.Bundle;
import dev.parley.deployment.Bundles;
import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Checkpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway in this process, in virtual time, that may die and start again with its data. */
final class Node implements AutoCloseable {
  private static final int MOST = 1_000;
  private static final int ROUNDS = 1_000;

  private final VirtualTime world;
  private final Config config;
  private final NodeBorders.Watch watch;
  private final Surroundings.Borders borders;
  private @Nullable Boot boot;

  /** A gateway from its start to its end. */
  private record Boot(NodeTime time, Fuse fuse, Gateway gateway) {}

  /** Ends a boot at a point, when it is armed. */
  private static final class Fuse implements Checkpoint.Probe {
    private final NodeTime time;
    private int left;
    private @Nullable Checkpoint point;

    Fuse(NodeTime time) {
      this.time = time;
    }

    /** Several threads may come to the point at once: none goes past while it dies. */
    @Override
    public synchronized void at(Checkpoint checkpoint) {
      if (checkpoint == point && --left == 0) {
        time.die();
      }
    }

    synchronized void arm(Checkpoint where, int times) {
      left = times;
      point = where;
    }
  }

  Node(VirtualTime world, Config config, NodeBorders.Watch watch, Surroundings.Borders borders) {
    this.world = world;
    this.config = config;
    this.watch = watch;
    this.borders = borders;
  }

  /** Starts, with what it finds in its data. */
  void start(Collection<Path> bundles) {
    var time = new NodeTime(world);
    var fuse = new Fuse(time);
    var given = new Surroundings(time, fuse, new NodeBorders(time, watch, borders));
    try {
      boot = new Boot(time, fuse, Gateway.start(config, read(bundles), given));
    } catch (StoreUnusable | RefusedException | IOException e) {
      throw new IllegalStateException("The gateway does not start: " + e.getMessage(), e);
    }
    world.settle();
    // Whoever looks at the clock again and again begins with the start, as a thread would.
    pass(world.now());
  }

  private static List<Bundle> read(Collection<Path> bundles) throws IOException, RefusedException {
    var read = new ArrayList<Bundle>();
    for (var bundle : bundles) {
      read.add(Bundles.read(bundle));
    }
    return read;
  }

  void deploy(Path bundle) {
    try {
      gateway().deploy(Bundles.read(bundle));
    } catch (RefusedException | IOException e) {
      throw new Mismatch("a bundle that deploys", String.valueOf(e.getMessage()));
    }
    world.settle();
  }

  boolean isUp() {
    return boot != null;
  }

  private Boot boot() {
    if (boot == null) {
      throw new IllegalStateException("The gateway is not up");
    }
    return boot;
  }

  Gateway gateway() {
    return boot().gateway();
  }

  URI base() {
    return URI.create(gateway().address());
  }

  /** From now on it dies there; without a point it is dead. */
  void arm(Optional<String> point, int times) {
    var fuse = boot().fuse();
    if (point.isEmpty()) {
      boot().time().die();
      return;
    }
    fuse.arm(Checkpoint.valueOf(point.get().toUpperCase(Locale.ROOT).replace('-', '_')), times);
  }

  /** Who sent what this thread has taken in has gone away. */
  void forsake(Thread thread) {
    boot().time().forsake(thread);
  }

  boolean isDead() {
    return boot().time().isDead();
  }

  /** Ends, in good order unless it is dead, and starts again. */
  void restart() {
    end();
    start(List.of());
  }

  private void end() {
    var ending = boot();
    boot = null;
    if (ending.time().isDead()) {
      ending.time().dismiss();
    }
    ending.gateway().close();
    world.settle();
  }

  /** Time passes; what is due happens at its time. */
  void advance(Duration by) {
    var until = world.now().plus(by);
    for (int i = 0; i < ROUNDS; i++) {
      var next = next(until);
      pass(next.orElse(until));
      if (next.isEmpty() || isDead()) {
        return;
      }
    }
    throw new Mismatch("that time can pass", "something due at " + world.now() + " for ever");
  }

  private void pass(Instant then) {
    world.moveTo(then);
    world.settle();
    for (int i = 0; i < ROUNDS && (i == 0 || isOverdue()); i++) {
      boot().time().beat();
      world.settle();
    }
  }

  private boolean isOverdue() {
    var store = gateway().store();
    return !boot().time().isDead()
        && (!store.dueTimers(world.now(), 1).isEmpty() || !store.expired(world.now(), 1).isEmpty());
  }

  /** The next time at which something is due. */
  private Optional<Instant> next(Instant until) {
    var now = world.now();
    var store = gateway().store();
    var expiries =
        store
            .messages(store.expired(until, MOST).stream().map(w -> w.message()).toList())
            .values()
            .stream()
            .flatMap(m -> Optional.ofNullable(m.expiresAt()).stream());
    return Stream.of(
            world.next(until).stream(),
            store.dueTimers(until, MOST).stream().map(t -> t.dueAt()),
            store.dueOutbox(until, MOST).stream().map(o -> o.nextAttempt()),
            expiries)
        .flatMap(all -> all)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  @Override
  public void close() {
    if (boot != null) {
      end();
    }
  }
}
