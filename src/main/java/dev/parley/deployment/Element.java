package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.expression.Expression;
import java.util.List;
import java.util.Optional;

/** A flow node's meaning, compiled; each kind by its BPMN name. */
public sealed interface Element {

  /** What it waits for before it goes on; none for all but catching events. */
  default Trigger trigger() {
    return new Trigger.None();
  }

  /** The message that it takes, from whoever sends it; empty where it takes none. */
  default Optional<Receive> receive() {
    return trigger().receive();
  }

  /** What it sends or replies; empty where it does neither. */
  default Optional<Interaction> sending() {
    return switch (this) {
      case SendTask(var interaction) -> Optional.of(interaction);
      case ServiceTask(var invoke) -> Optional.of(invoke);
      case IntermediateThrowEvent(Result.Message(var interaction)) -> Optional.of(interaction);
      case EndEvent(Result.Message(var interaction)) -> Optional.of(interaction);
      default -> Optional.empty();
    };
  }

  /** Whether what it waits for makes an instance. */
  default boolean instantiates() {
    return false;
  }

  /** The message that starts an instance at this element; empty when none does. */
  default Optional<MessageName> startMessage() {
    return instantiates() ? receive().map(Receive::message) : Optional.empty();
  }

  /** One that does not instantiate starts an event sub-process, or is passed by. */
  record StartEvent(Trigger trigger, boolean instantiates, boolean isInterrupting)
      implements Element {}

  record IntermediateCatchEvent(Trigger trigger, boolean instantiates) implements Element {}

  record BoundaryEvent(int attachedTo, boolean cancelActivity, Trigger trigger)
      implements Element {}

  record IntermediateThrowEvent(Result result) implements Element {}

  /** Ends its token; the result says what else. */
  record EndEvent(Result result) implements Element {}

  record ReceiveTask(Receive taken, boolean instantiates) implements Element {
    @Override
    public Optional<Receive> receive() {
      return Optional.of(taken);
    }
  }

  /** The interaction is a Send or a Reply. */
  record SendTask(Interaction interaction) implements Element {}

  record ServiceTask(Interaction.Invoke invoke) implements Element {
    /** The message that answers it, where that is one of its own. */
    @Override
    public Optional<Receive> receive() {
      return Optional.ofNullable(invoke.callback());
    }
  }

  record ScriptTask(
      List<ActivityData.Input> inputs, Expression script, List<Interaction.Keep> results)
      implements Element {}

  record Task() implements Element {}

  record UserTask(ActivityData data) implements Element {}

  /** Version is the called process's; {@link #LATEST} where none is named. */
  record CallActivity(String process, int version, ActivityData data) implements Element {
    public static final int LATEST = 0;
  }

  /**
   * An embedded or event sub-process.
   *
   * @param scope number of the scope definition of what it holds
   */
  record SubProcess(int scope, boolean triggeredByEvent) implements Element {}

  record ExclusiveGateway() implements Element {}

  record InclusiveGateway() implements Element {}

  record ParallelGateway() implements Element {}

  record EventBasedGateway(boolean parallel) implements Element {}
}
