package dev.parley.http;

import dev.parley.message.Answer;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.turn.TurnInput;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** {@code /instances}: an operator suspends an instance, and lets it go on. */
final class Instances {
  private final Desk desk;

  Instances(Desk desk) {
    this.desk = desk;
  }

  /** {@code suspended} or {@code resumed}; empty where an instance has no such act. */
  Optional<Reply> act(String instance, String act) throws Refusal {
    return switch (act) {
      case "suspend" -> Optional.of(change(instance, TurnInput.Suspend::new, "suspended"));
      case "resume" -> Optional.of(change(instance, TurnInput.Resume::new, "running"));
      default -> Optional.empty();
    };
  }

  private Reply change(String instance, Function<InstanceId, TurnInput> act, String state)
      throws Refusal {
    return desk.intake().submit(act.apply(id(instance))) instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("instance", instance)))
        : Reply.json(200, new TreeMap<>(Map.of("instance", instance, "state", state)));
  }

  private static InstanceId id(String text) throws Refusal {
    try {
      return new InstanceId(Id.parse(text));
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
          404, "Not Found", "Expected an instance's number, but found '%s'.".formatted(text));
    }
  }
}
