package dev.parley.http;

import dev.parley.deployment.Expected;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.turn.TurnInput;
import dev.parley.turn.UserTasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** {@code /tasks}: user tasks are listed, shown and completed. */
final class Tasks {
  private static final Pattern NUMBER = Pattern.compile("([0-9A-Za-z]{13})-([0-9]{1,9})");

  private final Desk desk;

  Tasks(Desk desk) {
    this.desk = desk;
  }

  /** A task's number: its instance and its token. */
  private record Key(InstanceId instance, int token) {}

  /** Those of a process, or of all; after a task, where there are more than can be listed. */
  Reply list(Request request) throws Refusal {
    var parameters = Parameters.of(request, Set.of("process", "limit", "after"));
    String process = parameters.getOrDefault("process", UserTasks.OF_ALL);
    int limit = Page.limit(parameters);
    var after = after(parameters.get("after"));
    var open = desk.read(() -> tasks().list(process, after.instance(), after.token(), limit));
    return Reply.json(200, Map.of("tasks", open.stream().map(Tasks::document).toList()));
  }

  private static Key after(@Nullable String task) throws Refusal {
    if (task == null) {
      return new Key(new InstanceId(0), 0);
    }
    return number(task)
        .orElseThrow(
            () ->
                Refusal.of(
                    400,
                    "Bad Request",
                    "Expected 'after' to be a task's number, but found '%s'.".formatted(task)));
  }

  Reply show(String task) throws Refusal {
    return find(task).map(o -> Reply.json(200, document(o))).orElseGet(Tasks::unknown);
  }

  /** With data by the names of its data outputs. */
  Reply complete(String task, Request request) throws Refusal {
    var number = number(task);
    var open = find(task);
    if (number.isEmpty()) {
      return unknown();
    }
    var expected = open.map(UserTasks.Open::expected).orElse(List.of());
    var data = DataDocument.read(request, desk.maxBytes(), expected);
    var input = new TurnInput.Complete(number.get().instance(), number.get().token(), data);
    return desk.intake().submit(input) instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("task", task)))
        : Reply.json(200, new TreeMap<>(Map.of("task", task, "state", "completed")));
  }

  private Optional<UserTasks.Open> find(String task) {
    return number(task).flatMap(n -> desk.read(() -> tasks().find(n.instance(), n.token())));
  }

  private UserTasks tasks() {
    return new UserTasks(desk.store(), desk.deployments());
  }

  private static Optional<Key> number(String task) {
    var matcher = NUMBER.matcher(task);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      var instance = new InstanceId(Id.parse(matcher.group(1)));
      return Optional.of(new Key(instance, Integer.parseInt(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply unknown() {
    var fault =
        Fault.of(
            FaultKind.UNKNOWN_CONVERSATION,
            "There is no such user task, or it waits no longer",
            "List the tasks that wait.");
    return Reply.problem(Problem.of(fault, Map.of()));
  }

  private static Map<String, Object> document(UserTasks.Open open) {
    var members = new LinkedHashMap<String, Object>();
    members.put("task", open.instance() + "-" + open.token());
    members.put("name", open.name());
    members.put("element", open.element());
    members.put("process", open.process());
    members.put("instance", open.instance().toString());
    members.put("since", open.since().toString());
    members.put("data", DataDocument.document(open.data()));
    members.put("expects", open.expected().stream().map(Tasks::document).toList());
    return members;
  }

  private static Map<String, Object> document(Expected expected) {
    var members = new LinkedHashMap<String, Object>();
    members.put("name", expected.name());
    expected.element().ifPresent(e -> members.put("element", e.toString()));
    members.put("optional", expected.isOptional());
    return members;
  }
}
