package dev.parley.turn;

import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.time.Instant;
import java.util.List;

/** What was heard of an outbound message: its row says so, and the instance is told. */
final class Hearing {
  private final Journey journey;
  private final UnitOfWork work;

  Hearing(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
  }

  /** Nothing where nobody waits to hear any more. */
  void hear(MessageId id, TurnInput.SendOutcome outcome) {
    work.outbox(id)
        .filter(row -> row.state() == OutboxState.PENDING)
        .ifPresent(row -> hear(row, outcome));
  }

  private void hear(OutboxRow row, TurnInput.SendOutcome outcome) {
    boolean isHeard = isHeard(row);
    switch (outcome) {
      case TurnInput.SendOutcome.Delivered _ ->
          settle(row, OutboxState.DELIVERED, "", new Input.Delivered(row.id()));
      case TurnInput.SendOutcome.Answered(var body, var blocks) ->
          settle(row, OutboxState.DELIVERED, "", new Input.Answered(row.id(), body, blocks));
      case TurnInput.SendOutcome.Faulted(var fault) -> {
        settle(row, OutboxState.DELIVERED, fault.reason(), new Input.Faulted(row.id(), fault));
        if (!isHeard) {
          journey.incident(row.instance(), "Fault", fault.reason());
        }
      }
      case TurnInput.SendOutcome.Retry(var nextAttempt, var reason) ->
          work.change(changed(row, OutboxState.PENDING, nextAttempt, reason));
      case TurnInput.SendOutcome.Failed(boolean timeout, var reason) -> {
        settle(row, OutboxState.FAILED, reason, new Input.Undeliverable(row.id(), timeout, reason));
        var kind = timeout ? FaultKind.DELIVERY_TIMEOUT : FaultKind.DELIVERY_FAILED;
        journey.bury(row.message(), Direction.OUTBOUND, kind.wireName(), reason);
        if (!isHeard) {
          journey.incident(row.instance(), kind.wireName(), reason);
        }
      }
    }
  }

  /** Whether its instance hears what becomes of it: a token, or a node that takes the response. */
  private boolean isHeard(OutboxRow row) {
    return row.token() > 0
        || (row.token() < 0
            && work.instance(row.instance())
                .map(View.Loaded::instance)
                .filter(ProcessInstance::isLive)
                .filter(i -> i.requests().stream().anyMatch(r -> r.sent().equals(row.id())))
                .isPresent());
  }

  private void settle(OutboxRow row, OutboxState state, String error, Input input) {
    work.change(changed(row, state, row.nextAttempt(), error));
    if (row.token() != 0) {
      work.instance(row.instance())
          .map(View.Loaded::instance)
          .filter(ProcessInstance::isLive)
          .ifPresent(i -> journey.step(i, input));
    }
  }

  static OutboxRow changed(OutboxRow row, OutboxState state, Instant nextAttempt, String error) {
    return new OutboxRow(
        row.message(),
        row.instance(),
        row.token(),
        row.endpoint(),
        row.policy(),
        state,
        state == OutboxState.CANCELLED ? row.attempts() : row.attempts() + 1,
        nextAttempt,
        error,
        row.replayedAt(),
        row.gateway());
  }

  /** What a gateway that has ended had to send is this one's from now on. */
  void takeOn(List<MessageId> ids) {
    var given = journey.given();
    ids.stream()
        .flatMap(id -> work.outbox(id).stream())
        .filter(row -> row.state() == OutboxState.PENDING)
        .filter(row -> !given.gateways().contains(row.gateway()))
        .forEach(row -> work.change(row.by(given.boot())));
  }
}
