package dev.parley.turn;

import dev.parley.message.Body;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Store;
import java.util.List;
import java.util.Optional;

/** Messages that came to nobody, for operators; on platform threads only. */
public final class Letters {
  private final Store store;

  public Letters(Store store) {
    this.store = store;
  }

  /**
   * One with its message.
   *
   * @param endpoint where it was to go; empty for an inbound one
   * @param attempts that were made to send it; 0 for an inbound one
   */
  public record Letter(DeadLetterRow row, Message message, String endpoint, int attempts) {
    public boolean isInbound() {
      return row.direction() == Direction.INBOUND;
    }
  }

  /** So many at most, by id, after one of them. */
  public List<DeadLetterRow> list(DeadLetterFilter filter, MessageId after, int limit) {
    return store.deadLetters(filter, after, limit);
  }

  public Optional<Letter> find(MessageId id) {
    return Optional.ofNullable(store.deadLetters(List.of(id)).get(id)).flatMap(this::letter);
  }

  private Optional<Letter> letter(DeadLetterRow row) {
    var id = row.message();
    return switch (row.direction()) {
      case INBOUND ->
          Optional.ofNullable(store.messages(List.of(id)).get(id))
              .map(m -> new Letter(row, m.message(), "", 0));
      case OUTBOUND ->
          Optional.ofNullable(store.outbox(List.of(id)).get(id))
              .map(o -> new Letter(row, o.message(), o.endpoint(), o.attempts()));
    };
  }

  /** The message that replays an inbound one: another one, with what its sender asked for. */
  public static Message again(Message message, MessageId id, Body body) {
    return new Message(
        id,
        message.process(),
        message.operation(),
        message.kind(),
        body,
        message.headers(),
        message.sender());
  }

  /** The input that sends it; throws EvaluationException where an expression fails on it. */
  public static TurnInput.Act replay(MessageId letter, Message again, Deployments deployments) {
    var arrival = Turns.arrival(again, deployments);
    return new TurnInput.Act.Replay(
        letter, new TurnInput.Arrival(again, List.of(), arrival.definition(), arrival.keys()));
  }
}
