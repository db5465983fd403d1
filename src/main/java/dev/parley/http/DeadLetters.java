package dev.parley.http;

import dev.parley.expression.EvaluationException;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Id;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.turn.Letters;
import dev.parley.turn.Taker;
import dev.parley.turn.TurnInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** {@code /dead-letters}: messages that came to nobody are listed, replayed and deleted. */
final class DeadLetters {
  private static final Set<String> FILTER = Set.of("process", "operation", "reason", "direction");
  private static final int AT_ONCE = 1_000;
  private static final int VIOLATIONS = 3;

  private final Desk desk;

  DeadLetters(Desk desk) {
    this.desk = desk;
  }

  /** By id, after one of them. */
  Reply list(Request request) throws Refusal {
    var parameters =
        Parameters.of(
            request, Set.of("process", "operation", "reason", "direction", "limit", "after"));
    var filter = filter(parameters);
    var page = Page.of(parameters);
    var rows = desk.read(() -> letters().list(filter, page.afterMessage(), page.limit()));
    return Reply.json(
        200, Map.of("deadLetters", rows.stream().map(DeadLetters::document).toList()));
  }

  private static DeadLetterFilter filter(Map<String, String> parameters) throws Refusal {
    return new DeadLetterFilter(
        parameters.getOrDefault("process", ""),
        parameters.getOrDefault("operation", ""),
        parameters.getOrDefault("reason", ""),
        direction(parameters.get("direction")));
  }

  private static @Nullable Direction direction(@Nullable String text) throws Refusal {
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "inbound" -> Direction.INBOUND;
      case "outbound" -> Direction.OUTBOUND;
      default ->
          throw Refusal.of(
              400,
              "Bad Request",
              "Expected 'direction' to be inbound or outbound, but found '%s'.".formatted(text));
    };
  }

  private Letters letters() {
    return new Letters(desk.store());
  }

  private static Map<String, Object> document(DeadLetterRow row) {
    var members = new LinkedHashMap<String, Object>();
    members.put("id", row.message().toString());
    members.put("direction", row.direction().name().toLowerCase(Locale.ROOT));
    members.put("process", row.process());
    members.put("operation", row.operation().operation());
    members.put("reason", row.reason());
    members.put("text", row.text());
    members.put("at", row.at().toString());
    return members;
  }

  Reply show(String id) throws Refusal {
    var letter = find(id);
    var members = document(letter.row());
    MessageDocument.origin(letter.message(), members);
    if (!letter.isInbound()) {
      members.put("endpoint", letter.endpoint());
      members.put("attempts", letter.attempts());
    }
    MessageDocument.content(letter.message(), members);
    return Reply.json(200, members);
  }

  private Letters.Letter find(String text) throws Refusal {
    var id = id(text);
    Optional<Letters.Letter> letter =
        id.isEmpty() ? Optional.empty() : desk.read(() -> letters().find(id.get()));
    return letter.orElseThrow(DeadLetters::unknown);
  }

  /** Empty where it is none. */
  static Optional<MessageId> id(String text) {
    try {
      return Optional.of(new MessageId(Id.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Refusal unknown() {
    var fault =
        Fault.of(
            FaultKind.UNKNOWN_CONVERSATION,
            "There is no such dead letter, or it was replayed or deleted",
            "List the dead letters.");
    return new Refusal(Problem.of(fault, Map.of()));
  }

  /** With the body that is given, or its own. */
  Reply replay(String id, Request request) throws Refusal {
    var letter = find(id);
    var edited = Entity.read(request, desk.maxBytes());
    if (!letter.isInbound()) {
      return resend(letter, edited);
    }
    var again =
        Letters.again(
            letter.message(),
            desk.turns().nextId(),
            edited.isEmpty() ? letter.message().body() : edited);
    if (!edited.isEmpty()) {
      check(again);
    }
    try {
      var input = Letters.replay(letter.row().message(), again, desk.deployments());
      return replayed(letter, again, desk.intake().submit(input));
    } catch (EvaluationException e) {
      var fault =
          Fault.of(
              FaultKind.INVALID_MESSAGE,
              "The message's correlation keys cannot be found: " + e.getMessage(),
              "Give a body with the elements that the process's correlation properties select.");
      return Reply.problem(Problem.of(fault, Map.of("deadLetter", id)));
    }
  }

  private void check(Message message) throws Refusal {
    String operation = message.operation().operation();
    boolean isAnother =
        !message.operation().isSimpleMessage()
            && Taker.of(desk.deployments(), message.body(), message.process(), "").stream()
                .noneMatch(t -> t.message().operation().equals(message.operation()));
    if (isAnother) {
      throw invalid(
          "Expected the element of operation '%s', but found another".formatted(operation));
    }
    var violations = desk.validate() ? desk.deployments().violations(message) : List.<String>of();
    if (!violations.isEmpty()) {
      var shown = violations.subList(0, Math.min(VIOLATIONS, violations.size()));
      throw invalid("The body does not fit the schema: " + String.join(" ", shown));
    }
  }

  private static Refusal invalid(String reason) {
    var fault =
        Fault.of(
            FaultKind.INVALID_MESSAGE, reason, "Correct the body; the dead letter is still there.");
    return new Refusal(Problem.of(fault, Map.of()));
  }

  private Reply replayed(Letters.Letter letter, Message again, Answer answer) {
    var document = new LinkedHashMap<String, Object>();
    document.put("deadLetter", letter.row().message().toString());
    document.put("operation", again.operation().operation());
    document.put("process", again.process());
    if (answer instanceof Answer.Faulted(var fault)) {
      var about = new LinkedHashMap<String, String>();
      document.forEach((name, value) -> about.put(name, value.toString()));
      return Reply.problem(Problem.of(fault, about));
    }
    var row =
        desk.read(
            () -> Optional.ofNullable(desk.store().messages(List.of(again.id())).get(again.id())));
    row.ifPresent(r -> MessageDocument.outcome(r, document));
    return Reply.json(row.map(MessageDocument::status).orElse(200), document);
  }

  private Reply resend(Letters.Letter letter, Body edited) throws Refusal {
    if (!edited.isEmpty()) {
      throw Refusal.of(
          422,
          "Unprocessable Content",
          "Expected no body, for an outbound message is sent again as it was: its partner may know"
              + " its id.");
    }
    var id = letter.row().message();
    return desk.intake().submit(new TurnInput.Act.Resend(id)) instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("deadLetter", id.toString())))
        : Reply.json(202, ordered("id", id.toString(), "state", "pending"));
  }

  Reply delete(String id) throws Refusal {
    var letter = find(id).row().message();
    return give(List.of(letter)) instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("deadLetter", id)))
        : Reply.json(200, Map.of("deleted", 1));
  }

  private Answer give(List<MessageId> letters) {
    return desk.intake().submit(new TurnInput.Act.GiveUp(letters));
  }

  /** Those of a filter that says something; all of them are never meant by saying nothing. */
  Reply deleteAll(Request request) throws Refusal {
    var parameters = Parameters.of(request, FILTER);
    if (parameters.isEmpty()) {
      throw Refusal.of(
          400,
          "Bad Request",
          "Expected which dead letters to delete: 'process', 'operation', 'reason' or 'direction',"
              + " but found none of them.");
    }
    var filter = filter(parameters);
    int deleted = 0;
    var after = new MessageId(0);
    while (true) {
      var from = after;
      var rows = desk.read(() -> letters().list(filter, from, AT_ONCE));
      if (rows.isEmpty()) {
        return Reply.json(200, Map.of("deleted", deleted));
      }
      var ids = rows.stream().map(DeadLetterRow::message).toList();
      if (give(ids) instanceof Answer.Faulted(var fault)) {
        return Reply.problem(Problem.of(fault, Map.of("deleted", String.valueOf(deleted))));
      }
      deleted += ids.size();
      after = ids.getLast();
    }
  }

  private static Map<String, String> ordered(
      String first, String value, String second, String other) {
    var members = new LinkedHashMap<String, String>();
    members.put(first, value);
    members.put(second, other);
    return members;
  }
}
