package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import java.util.Optional;

/** A message comes in that was accepted before. */
final class Repeating {
  private final Journey journey;

  Repeating(Journey journey) {
    this.journey = journey;
  }

  /**
   * A duplicate gets the earlier outcome; another body under the same identity is somebody else's
   * message. A request that was collected before anything took it had no effect: its repetition is
   * judged afresh, in its place: then there is no outcome yet.
   */
  Optional<Verdict> outcome(TurnInput.Arrival arrival, MessageRow earlier) {
    if (!earlier.message().body().equals(arrival.message().body())) {
      return answered(
          Answer.refused(
              FaultKind.IDENTITY_REUSED,
              "The message's identity was seen before with another body",
              "Give each message an identity of its own."));
    }
    if (earlier.exchange() == ExchangeState.NONE) {
      return answered(Answer.ACCEPTED);
    }
    if (earlier.state() == MessageState.COLLECTED || earlier.state() == MessageState.REFUSED) {
      return Optional.empty();
    }
    if (Answering.isElsewhere(earlier.message().headers())) {
      return answered(Answer.ACCEPTED);
    }
    var answer = earlier.answer();
    if (answer == null) {
      return Optional.of(join(earlier));
    }
    boolean isSent = Answering.target(earlier.message().headers(), answer).isPresent();
    return answered(isSent ? Answer.ACCEPTED : answer);
  }

  private static Optional<Verdict> answered(Answer answer) {
    return Optional.of(new Verdict.Answered(answer));
  }

  /** Waits for the answer that the earlier one waits for too. */
  private Verdict join(MessageRow earlier) {
    journey
        .work()
        .change(
            new MessageRow(
                earlier.message(),
                earlier.state(),
                ExchangeState.OPEN,
                earlier.instance(),
                journey.given().boot(),
                null,
                earlier.expiresAt()));
    return new Verdict.Waits(earlier.id());
  }
}
