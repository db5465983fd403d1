package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.simulation.Letter.Posting;
import dev.parley.simulation.Letter.State;
import dev.parley.store.Rows.MessageRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What holds of all that clients were told. */
final class AnswerRules {
  private static final String SEND_AGAIN = "The gateway failed to process";

  private final Tables tables;

  AnswerRules(Tables tables) {
    this.tables = tables;
  }

  /** No input throws. */
  static void checkDecided(Object input, Answer answer) {
    if (answer instanceof Answer.Faulted(Fault.Gateway(var kind, var reason, var _))
        && kind == FaultKind.UNAVAILABLE
        && reason.startsWith(SEND_AGAIN)) {
      throw new Violation("no input throws", input, reason);
    }
  }

  /** A caller whose patience ends now: nobody else's answer was there for it. */
  void checkListening(Posting posting) {
    var row = row(posting.letter);
    if (row.isEmpty() || row.get().answer() != null) {
      throw new Violation(
          "who listens is answered",
          posting.letter.name,
          "%s still listens, but its exchange is %s".formatted(posting.id, row));
    }
  }

  void check(List<Letter> letters) {
    for (var letter : letters) {
      var row = row(letter);
      for (var posting : letter.postings) {
        var answer = posting.answer;
        if (posting.state == State.OPEN || posting.state == State.TOLD) {
          throw new Violation("who listens is answered", letter.name, posting.id + " hangs");
        }
        if (answer != null) {
          check(posting, answer, row);
        }
      }
    }
  }

  private Optional<MessageRow> row(Letter letter) {
    var rows =
        letter.postings.stream()
            .map(p -> Optional.ofNullable(tables.messages.get(p.id)))
            .flatMap(Optional::stream)
            .toList();
    if (rows.size() > 1) {
      throw new Violation("exactly once", letter.name, "Accepted twice: " + rows);
    }
    return rows.stream().findFirst();
  }

  private static void checkReused(Letter letter, Answer answer, Optional<FaultKind> refusal) {
    if (refusal.isEmpty()
        || (refusal.get() != FaultKind.IDENTITY_REUSED && refusal.get() != FaultKind.UNAVAILABLE)) {
      throw new Violation("an identity is one message's", letter.name, "Told " + answer);
    }
  }

  private static void check(Posting posting, Answer answer, Optional<MessageRow> row) {
    var letter = posting.letter;
    var refusal = Clients.refusal(answer);
    if (posting.otherBody) {
      checkReused(letter, answer, refusal);
      return;
    }
    if (refusal.isPresent()) {
      return;
    }
    if (row.isEmpty()) {
      throw new Violation("nothing accepted is lost", letter.name, "Told " + answer);
    }
    boolean fitting = letter.inOut != answer.equals(Answer.ACCEPTED);
    if (!fitting || (letter.inOut && !answer.equals(row.get().answer()))) {
      throw new Violation(
          "duplicates get the earlier answer",
          letter.name,
          "Told %s, kept %s".formatted(answer, row.get().answer()));
    }
    body(answer)
        .filter(b -> !Objects.equals(Fields.of(b, "nonce"), letter.name))
        .ifPresent(
            b -> {
              throw new Violation("everybody gets their own answer", letter.name, "Told " + b);
            });
  }

  private static Optional<Body> body(Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> Optional.empty();
      case Answer.Reply(var body, var _) -> Optional.of(body);
      case Answer.Faulted(Fault.Declared(var _, var detail, var _)) -> Optional.of(detail);
      case Answer.Faulted _ -> Optional.empty();
    };
  }
}
