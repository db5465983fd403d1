package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.util.Optional;

/** What an operator does to messages: replays and gives up dead letters, empties queues. */
final class Operating {
  /** Nobody in the instance hears what becomes of a replay: its token went on long ago. */
  private static final long NO_TOKEN = 0;

  private final Journey journey;
  private final UnitOfWork work;

  Operating(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
  }

  Answer carryOut(TurnInput.Act act) {
    return switch (act) {
      case TurnInput.Act.Replay(var letter, var arrival) ->
          letter(letter, Direction.INBOUND)
              .map(_ -> replay(letter, arrival))
              .orElseGet(Operating::noLetter);
      case TurnInput.Act.Resend(var letter) ->
          letter(letter, Direction.OUTBOUND)
              .flatMap(_ -> work.outbox(letter))
              .map(this::resend)
              .orElseGet(Operating::noLetter);
      case TurnInput.Act.GiveUp(var letters) -> {
        letters.stream()
            .filter(id -> work.deadLetter(id).isPresent())
            .forEach(work.deadLetters()::exhume);
        yield Answer.ACCEPTED;
      }
      case TurnInput.Act.Remove(var message) -> remove(message);
    };
  }

  private Optional<DeadLetterRow> letter(MessageId id, Direction direction) {
    return work.deadLetter(id).filter(d -> d.direction() == direction);
  }

  /** A refusal leaves the dead letter where it is. */
  private Answer replay(MessageId letter, TurnInput.Arrival arrival) {
    var answer = Arriving.replay(journey, arrival);
    if (!(answer instanceof Answer.Faulted)) {
      work.deadLetters().exhume(letter);
    }
    return answer;
  }

  private Answer resend(OutboxRow row) {
    var now = journey.given().now();
    work.deadLetters().exhume(row.id());
    work.change(
        new OutboxRow(
            row.message(),
            row.instance(),
            NO_TOKEN,
            row.endpoint(),
            row.policy(),
            OutboxState.PENDING,
            0,
            now,
            "",
            now,
            journey.given().boot()));
    return Answer.ACCEPTED;
  }

  private Answer remove(MessageId message) {
    var row = work.message(message).filter(m -> m.state() == MessageState.WAITING);
    if (row.isEmpty()) {
      return Answer.refused(
          FaultKind.UNKNOWN_CONVERSATION,
          "No message %s waits in a queue".formatted(message),
          "List the messages that wait.");
    }
    var told =
        Fault.of(
            FaultKind.TOO_LATE,
            "The gateway's operator removed the message before anything took it",
            "Ask the operator before you send it again.");
    new Queue(journey).discard(row.get(), told);
    return Answer.ACCEPTED;
  }

  private static Answer noLetter() {
    return Answer.refused(
        FaultKind.UNKNOWN_CONVERSATION,
        "There is no such dead letter, or it was replayed or deleted",
        "List the dead letters.");
  }
}
