package dev.parley.simulation;

import dev.parley.store.Rows.InstanceStatus;
import dev.parley.turn.Alarm;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those who deploy, some edition of each bundle at first and others while it runs, and who suspend
 * instances and let them go on.
 */
final class Operators {
  private static final Duration AGAIN = Duration.ofSeconds(20);

  private final World world;
  private final SimulatedGateway gateway;
  private final ArrayDeque<Model> wanted = new ArrayDeque<>();
  private final Set<Order> open = new LinkedHashSet<>();
  private boolean busy;

  /** What a gateway is told until it has done it, and what follows then. */
  private record Order(TurnInput input, Runnable then) {}

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

  /** Suspends some instances for a while each. */
  void planSuspensions() {
    var chance = world.chance();
    for (int i = 0; i < world.swarm().suspensions(); i++) {
      world.agenda().in(chance.upTo(World.TROUBLE), this::suspend);
    }
  }

  private void suspend() {
    var live =
        world.tables().instances.values().stream()
            .filter(row -> row.status() == InstanceStatus.LIVE)
            .toList();
    if (!live.isEmpty()) {
      var id = world.chance().oneOf(live).id();
      tell(
          new Order(
              new TurnInput.Suspend(id),
              () -> {
                var resume = new Order(new TurnInput.Resume(id), () -> {});
                world.agenda().in(world.chance().upTo(World.TROUBLE), () -> tell(resume));
              }));
    }
  }

  private void tell(Order order) {
    if (!gateway.isUp()) {
      world.agenda().in(AGAIN, () -> tell(order));
      return;
    }
    open.add(order);
    gateway.submit(
        order.input(),
        answer -> {
          open.remove(order);
          if (Alarm.isUnavailable(answer)) {
            world.agenda().in(AGAIN, () -> tell(order));
          } else {
            world.trace().add("%s: %s".formatted(order.input(), answer));
            order.then().run();
          }
        });
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
    open.forEach(order -> world.agenda().in(AGAIN, () -> tell(order)));
    open.clear();
  }
}
