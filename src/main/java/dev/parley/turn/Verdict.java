package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.MessageId;

/** What whoever handed in an input gets once its batch has been committed. */
sealed interface Verdict {

  /** An answer at once. */
  record Answered(Answer answer) implements Verdict {}

  /** The answer of this exchange, as soon as there is one, to who sent this message. */
  record Waits(MessageId exchange, MessageId sent) implements Verdict {}
}
