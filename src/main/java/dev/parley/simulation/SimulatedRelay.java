package dev.parley.simulation;

import dev.parley.delivery.Retries;
import dev.parley.message.MessageId;
import dev.parley.message.WireId;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import dev.parley.turn.Alarm;
import dev.parley.turn.Dispatch;
import dev.parley.turn.TurnInput;
import dev.parley.turn.TurnInput.SendOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The outbox relay of one boot, without threads. */
final class SimulatedRelay {
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final int MOST = 256;

  private final World world;
  private final SimulatedGateway gateway;
  private final SimulatedPartner partner;
  private final Store store;
  private final Set<MessageId> inFlight = new HashSet<>();

  SimulatedRelay(World world, SimulatedGateway gateway, SimulatedPartner partner, Store store) {
    this.world = world;
    this.gateway = gateway;
    this.partner = partner;
    this.store = store;
  }

  /** What gateways left behind that have ended. */
  void takeOver() {
    var ids = store.forsakenOutbox(MOST);
    if (!ids.isEmpty()) {
      gateway.submit(
          new TurnInput.TakeOn(ids),
          answer -> {
            if (Alarm.isUnavailable(answer)) {
              gateway.in(AGAIN, this::takeOver);
              return;
            }
            store.outbox(ids).values().stream()
                .filter(row -> row.gateway() == store.bootId())
                .forEach(this::recover);
            takeOver();
          });
    }
  }

  private void recover(OutboxRow row) {
    gateway.met("outbound message taken over");
    var policy = dispatch(row).policy();
    Retries.afterRestart(policy)
        .ifPresentOrElse(outcome -> tell(row, outcome), () -> redeliver(row.id()));
  }

  private Dispatch dispatch(OutboxRow row) {
    try {
      return Dispatch.of(row, gateway.deployments());
    } catch (StoreException e) {
      throw new Violation(
          "what is to be sent can be sent", row.id(), String.valueOf(e.getMessage()));
    }
  }

  void committed(List<OutboxRow> outbound) {
    for (var row : outbound) {
      if (inFlight.add(row.id())) {
        gateway.in(world.chance().upTo(AGAIN), () -> attempt(row));
      }
    }
  }

  private void redeliver(MessageId message) {
    if (!inFlight.add(message)) {
      return;
    }
    var row = store.outbox(List.of(message)).get(message);
    if (row == null || row.state() != OutboxState.PENDING) {
      inFlight.remove(message);
    } else {
      attempt(row);
    }
  }

  private void attempt(OutboxRow row) {
    var fate = partner.receive(WireId.of(store.storeId(), row.id()), row.message());
    world.trace().add("sends %s: %s".formatted(row.id(), fate));
    var dispatch = dispatch(row);
    gateway.in(
        fate.after(),
        () -> tell(row, Retries.after(fate.attempt(), row, dispatch, world.agenda().instant())));
  }

  private void tell(OutboxRow row, SendOutcome outcome) {
    gateway.submit(
        new TurnInput.Sent(row.id(), outcome),
        answer -> {
          if (Alarm.isUnavailable(answer)) {
            gateway.in(AGAIN, () -> tell(row, outcome));
            return;
          }
          inFlight.remove(row.id());
          if (outcome instanceof SendOutcome.Retry(var at, var _)) {
            gateway.at(at, () -> redeliver(row.id()));
          }
        });
  }
}
