package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.simulation.SimulatedGateway.Neighbourhood;
import dev.parley.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The gateways on one store: each ends and starts on its own, and the others find it out. */
final class Gateways implements Neighbourhood {
  private static final Duration MOST_UNNOTICED = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final World world;
  private final Decisions decisions;
  private final Function<Tables, Store> opening;
  private final List<SimulatedGateway> all = new ArrayList<>();
  private final Map<SimulatedGateway, Integer> boots = new HashMap<>();
  private Runnable onCommit = () -> {};
  private Consumer<SimulatedGateway> onCrash = _ -> {};
  private int crashes;

  /**
   * As many as the seed says, none of them up.
   *
   * @param opening opens the store for a boot beside whoever is up
   */
  Gateways(
      World world, Decisions decisions, SimulatedPartner partner, Function<Tables, Store> opening) {
    this.world = world;
    this.decisions = decisions;
    this.opening = opening;
    for (int i = 0; i < world.swarm().gateways(); i++) {
      all.add(new SimulatedGateway(world, partner, this));
    }
  }

  void listen(Runnable commit, Consumer<SimulatedGateway> crash) {
    this.onCommit = commit;
    this.onCrash = crash;
  }

  /** One starts now, the others soon. */
  void start() {
    all.getFirst().start();
    all.stream()
        .skip(1)
        .forEach(g -> world.agenda().in(world.chance().upTo(Duration.ofMinutes(1)), g::start));
  }

  /** One that is up; empty where none is. */
  Optional<SimulatedGateway> some() {
    var up = all.stream().filter(SimulatedGateway::isUp).toList();
    return up.size() < 2 ? up.stream().findFirst() : Optional.of(world.chance().oneOf(up));
  }

  boolean areSeveral() {
    return all.size() > 1;
  }

  boolean isLooking() {
    return all.stream().anyMatch(SimulatedGateway::isLooking);
  }

  int crashes() {
    return crashes;
  }

  /** Some stand still for a while; others may take them for ended meanwhile. */
  void planPauses() {
    var chance = world.chance();
    for (int i = 0; i < world.swarm().pauses(); i++) {
      world.agenda().in(chance.upTo(World.TROUBLE), () -> some().ifPresent(this::pause));
    }
  }

  @Override
  public void pause(SimulatedGateway gateway) {
    gateway.pause(world.chance().upTo(LONGEST_PAUSE));
    int boot = gateway.bootId();
    if (world.chance().percent(50)) {
      world
          .agenda()
          .in(
              world.chance().upTo(MOST_UNNOTICED),
              () -> {
                if (gateway.isUp() && gateway.bootId() == boot && isAnotherUp(gateway)) {
                  ended(boot);
                }
              });
    }
  }

  private boolean isAnotherUp(SimulatedGateway gateway) {
    return all.stream().anyMatch(g -> g.isUp() && !g.equals(gateway));
  }

  /** The boot is found to have ended. */
  private void ended(int boot) {
    var log = world.tables().log;
    if (log.up().contains(boot)) {
      world.trace().add("boot %d is found to have ended".formatted(boot));
      met("gateway found to have ended");
      log.leave(boot);
      all.forEach(SimulatedGateway::hearSoon);
    }
  }

  void end() {
    all.forEach(SimulatedGateway::end);
  }

  @Override
  public Store open(SimulatedGateway gateway) {
    var log = world.tables().log;
    var before = boots.get(gateway);
    if (!isAnotherUp(gateway)) {
      log.up().forEach(log::leave);
    } else if (before != null) {
      ended(before);
    }
    var store = opening.apply(world.tables());
    boots.put(gateway, store.bootId());
    all.stream().filter(g -> !g.equals(gateway)).forEach(SimulatedGateway::hearSoon);
    return store;
  }

  @Override
  public void committed(SimulatedGateway gateway) {
    all.stream().filter(g -> !g.equals(gateway)).forEach(SimulatedGateway::hearSoon);
    onCommit.run();
  }

  @Override
  public void crashed(SimulatedGateway gateway) {
    crashes++;
    onCrash.accept(gateway);
    var boot = boots.get(gateway);
    if (boot != null && isAnotherUp(gateway)) {
      world.agenda().in(world.chance().upTo(MOST_UNNOTICED), () -> ended(boot));
    }
  }

  @Override
  public void decided(Message message, Answer answer) {
    decisions.count(message, answer);
  }

  @Override
  public void met(String kind) {
    decisions.count(kind);
  }
}
