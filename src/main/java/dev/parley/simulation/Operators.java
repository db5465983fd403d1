package dev.parley.simulation;

import dev.parley.store.Rows.InstanceStatus;
import dev.parley.turn.Alarm;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who deploy, some edition of each bundle at first and others while it runs, and who suspend
 * instances and let them go on.
 */
final class Operators {
  private static final Duration AGAIN = Duration.ofSeconds(20);
  private static final Duration MEANWHILE = Duration.ofMillis(50);

  private final World world;
  private final Gateways gateways;
  private final ArrayDeque<Model> wanted = new ArrayDeque<>();
  private final Map<Order, SimulatedGateway> open = new LinkedHashMap<>();

  /** Where something is being deployed now. */
  private @Nullable SimulatedGateway busy;

  /** What a gateway is told until it has done it, and what follows then. */
  private record Order(TurnInput input, Runnable then) {}

  Operators(World world, Gateways gateways) {
    this.world = world;
    this.gateways = gateways;
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
                world.agenda().in(chance.upTo(MEANWHILE), this::deployToo);
              });
    }
  }

  /** A colleague deploys something at another gateway, and does not insist. */
  private void deployToo() {
    var model = world.chance().oneOf(Models.all());
    gateways
        .some()
        .filter(g -> !g.equals(busy) && gateways.areSeveral())
        .ifPresent(g -> g.deploy(model, _ -> {}));
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
    gateways
        .some()
        .ifPresentOrElse(up -> tell(order, up), () -> world.agenda().in(AGAIN, () -> tell(order)));
  }

  private void tell(Order order, SimulatedGateway gateway) {
    open.put(order, gateway);
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
    if (busy == null && !wanted.isEmpty()) {
      gateways.some().ifPresentOrElse(this::deploy, () -> world.agenda().in(AGAIN, this::next));
    }
  }

  private void deploy(SimulatedGateway gateway) {
    busy = gateway;
    gateway.deploy(
        wanted.element(),
        done -> {
          busy = null;
          if (done) {
            wanted.remove();
          }
          world.agenda().in(done ? Duration.ZERO : AGAIN, this::next);
        });
  }

  /** The process ended: nobody will say what came of it. */
  void crashed(SimulatedGateway gateway) {
    if (gateway.equals(busy)) {
      busy = null;
      world.agenda().in(AGAIN, this::next);
    }
    open.forEach(
        (order, where) -> {
          if (where.equals(gateway)) {
            world.agenda().in(AGAIN, () -> tell(order));
          }
        });
    open.values().removeIf(gateway::equals);
  }
}
