package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.IdentityRow;
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
  Optional<Verdict> outcome(TurnInput.Arrival arrival, IdentityRow identity) {
    var message = arrival.message();
    if (!identity.isOf(message.body())) {
      return reused();
    }
    var earlier = journey.work().message(identity.message());
    if (earlier.isEmpty()) {
      return isAnswered(message) ? forgotten() : answered(Answer.ACCEPTED);
    }
    if (!earlier.get().message().body().equals(message.body())) {
      return reused();
    }
    // A resend keeps one identity at least; the next one may keep only what is new in this one.
    journey.work().identify(arrival.identities(), earlier.get().message());
    return outcome(earlier.get());
  }

  private Optional<Verdict> outcome(MessageRow earlier) {
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
      boolean isGiven = earlier.exchange() == ExchangeState.ANSWERED;
      return isGiven ? forgotten() : Optional.of(join(earlier));
    }
    return answered(Answering.onConnection(earlier.message().headers(), answer));
  }

  /** Whether its sender is owed an answer, by any version that is there. */
  private boolean isAnswered(Message message) {
    var name = MessageName.of(message);
    return journey.deployments().versions(message.process()).stream()
        .anyMatch(v -> v.isAnswered(name));
  }

  private static Optional<Verdict> reused() {
    return answered(
        Answer.refused(
            FaultKind.IDENTITY_REUSED,
            "The message's identity was seen before with another body",
            "Give each message an identity of its own."));
  }

  private static Optional<Verdict> forgotten() {
    return answered(
        Answer.refused(
            FaultKind.DUPLICATE_MESSAGE,
            "The message was taken before, and its answer is not kept any more",
            "Do not send it again: ask what it did, or send what is new under another identity."));
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
