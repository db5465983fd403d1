package dev.parley.simulation;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.turn.Letters;
import dev.parley.turn.TurnInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Those who look after dead letters and queues: they replay, give up and remove messages. */
final class Clerks {
  private final World world;
  private final Gateways gateways;
  private final Set<MessageId> handled = new LinkedHashSet<>();

  Clerks(World world, Gateways gateways) {
    this.world = world;
    this.gateways = gateways;
  }

  /** Messages that they meant to deal with: whether they did, they may not have heard. */
  Set<MessageId> handled() {
    return handled;
  }

  void plan() {
    var chance = world.chance();
    for (int i = 0; i < world.swarm().acts(); i++) {
      world.agenda().in(chance.upTo(World.TROUBLE), this::act);
    }
  }

  private void act() {
    gateways.some().ifPresent(this::act);
  }

  private void act(SimulatedGateway gateway) {
    switch (world.chance().below(4)) {
      case 0 -> remove(gateway);
      case 1 -> giveUp(gateway);
      default -> replay(gateway);
    }
  }

  private void remove(SimulatedGateway gateway) {
    var waiting = world.tables().waiting.stream().map(WaitingRow::message).distinct().toList();
    if (!waiting.isEmpty()) {
      var id = world.chance().oneOf(waiting);
      tell(gateway, id, new TurnInput.Act.Remove(id));
    }
  }

  private void giveUp(SimulatedGateway gateway) {
    var letters = List.copyOf(world.tables().deadLetters.keySet());
    if (!letters.isEmpty()) {
      var id = world.chance().oneOf(letters);
      tell(gateway, id, new TurnInput.Act.GiveUp(List.of(id)));
    }
  }

  private void replay(SimulatedGateway gateway) {
    var letters =
        world.tables().deadLetters.values().stream()
            .filter(d -> d.direction() == Direction.INBOUND)
            .toList();
    if (!letters.isEmpty()) {
      var id = world.chance().oneOf(letters).message();
      var message = Objects.requireNonNull(world.tables().messages.get(id)).message();
      var again = Letters.again(message, gateway.nextId(), message.body());
      tell(gateway, id, Letters.replay(id, again, gateway.deployments()));
    }
  }

  private void tell(SimulatedGateway gateway, MessageId id, TurnInput act) {
    handled.add(id);
    gateway.submit(
        act, answer -> world.trace().add("%s of %s: %s".formatted(name(act), id, answer)));
  }

  private static String name(TurnInput act) {
    return act.getClass().getSimpleName();
  }
}
