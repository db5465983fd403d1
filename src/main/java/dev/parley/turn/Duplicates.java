package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;

/** What the sender of a message is told that was taken before. */
final class Duplicates {
  private Duplicates() {}

  /** Whether the answer is still to come. */
  static boolean isUnderWay(MessageRow earlier) {
    return switch (earlier.exchange()) {
      case NONE, ANSWERED -> false;
      case OPEN, ABANDONED ->
          earlier.answer() == null && !Answering.isElsewhere(earlier.message().headers());
    };
  }

  /** What the earlier one's sender was told. */
  static Verdict outcome(MessageRow earlier) {
    var headers = earlier.message().headers();
    if (earlier.exchange() == ExchangeState.NONE || Answering.isElsewhere(headers)) {
      return new Verdict.Answered(Answer.ACCEPTED);
    }
    var answer = earlier.answer();
    if (answer == null) {
      return forgotten(true);
    }
    boolean isSent = Answering.target(headers, answer).isPresent();
    return new Verdict.Answered(isSent ? Answer.ACCEPTED : answer);
  }

  /**
   * Nothing is known of it but that it was taken.
   *
   * @param isAnswered whether its sender was owed an answer
   */
  static Verdict forgotten(boolean isAnswered) {
    return new Verdict.Answered(
        isAnswered
            ? Answer.refused(
                FaultKind.DUPLICATE_MESSAGE,
                "The message was taken before, and its answer is not kept any more",
                "Do not send it again; ask for what it did, or send a new message with an identity"
                    + " of its own.")
            : Answer.ACCEPTED);
  }

  static Verdict reused() {
    return new Verdict.Answered(
        Answer.refused(
            FaultKind.IDENTITY_REUSED,
            "The message's identity was seen before with another body",
            "Give each message an identity of its own."));
  }
}
