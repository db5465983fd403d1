package dev.parley.turn;

import dev.parley.deployment.Element.CallActivity;
import dev.parley.deployment.Expected;
import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Processes begin at their none start event, for an operator or for a call activity. */
final class Starting {
  private final Journey journey;

  Starting(Journey journey) {
    this.journey = journey;
  }

  Answer start(TurnInput.Start start) {
    return start(start.process(), CallActivity.LATEST, start.instance(), start.data(), null)
        .<Answer>map(Answer.Faulted::new)
        .orElse(Answer.ACCEPTED);
  }

  /** Why the called process could not begin; empty where it has. */
  Optional<Fault.Gateway> call(Effect.Call call, InstanceId caller) {
    return start(call.process(), call.version(), call.called(), call.data(), caller);
  }

  private Optional<Fault.Gateway> start(
      String process,
      int number,
      InstanceId id,
      SortedMap<String, Value> data,
      @Nullable InstanceId caller) {
    var version = journey.deployments().version(process, number);
    if (version.isEmpty()) {
      return refused(
          FaultKind.UNKNOWN_OPERATION,
          number == CallActivity.LATEST
              ? "No process '%s' is deployed".formatted(process)
              : "No version %d of process '%s' is deployed".formatted(number, process));
    }
    var node = version.get().noneStart();
    if (node.isEmpty()) {
      return refused(
          FaultKind.UNKNOWN_OPERATION, "Process '%s' has no none start event".formatted(process));
    }
    var problem = Expected.problem(version.get().process().data().expected(), data);
    if (problem.isPresent()) {
      return refused(FaultKind.INVALID_MESSAGE, problem.get());
    }
    journey.begin(version.get(), id, new Input.Begun(node.get(), data, caller));
    return Optional.empty();
  }

  private static Optional<Fault.Gateway> refused(FaultKind kind, String reason) {
    String remedy =
        kind == FaultKind.INVALID_MESSAGE
            ? "Give the data inputs of the process, or its data objects where it declares none."
            : "Start a process that has one, or send the message that starts this one.";
    return Optional.of(new Fault.Gateway(kind, reason, remedy));
  }
}
