package dev.parley.simulation;

import java.time.Duration;
import java.util.ArrayDeque;

/** Those who deploy: some edition of each bundle at first, others while it runs. */
final class Operators {
  private static final Duration AGAIN = Duration.ofSeconds(20);

  private final World world;
  private final SimulatedGateway gateway;
  private final ArrayDeque<Model> wanted = new ArrayDeque<>();
  private boolean busy;

  Operators(World world, SimulatedGateway gateway) {
    this.world = world;
    this.gateway = gateway;
  }

  void begin() {
    Models.bundles().forEach(editions -> wanted.add(world.chance().oneOf(editions)));
    next();
  }

  /** Whether everything that was wanted runs. */
  boolean isDone() {
    return wanted.isEmpty();
  }

  /** Other editions later, some more than once. */
  void plan() {
    var chance = world.chance();
    for (int i = 0; i < world.swarm().deployments(); i++) {
      var model = chance.oneOf(Models.all());
      world
          .agenda()
          .in(
              chance.upTo(World.TROUBLE),
              () -> {
                wanted.add(model);
                next();
              });
    }
  }

  /** One after another, each until it is there. */
  private void next() {
    if (busy || wanted.isEmpty()) {
      return;
    }
    if (!gateway.isUp()) {
      world.agenda().in(AGAIN, this::next);
      return;
    }
    busy = true;
    gateway.deploy(
        wanted.element(),
        done -> {
          busy = false;
          if (done) {
            wanted.remove();
          }
          world.agenda().in(done ? Duration.ZERO : AGAIN, this::next);
        });
  }

  /** The process ended: nobody will say what came of it. */
  void crashed() {
    busy = false;
    world.agenda().in(AGAIN, this::next);
  }
}
