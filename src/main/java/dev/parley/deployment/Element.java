package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.expression.Expression;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** A flow node's meaning, compiled; each kind by its BPMN name. */
public sealed interface Element {

  /** The message that starts an instance at this element; empty when none does. */
  default Optional<MessageName> startMessage() {
    return Optional.empty();
  }

  /** A receive is null for a none start event. */
  record StartEvent(@Nullable Receive receive) implements Element {
    @Override
    public Optional<MessageName> startMessage() {
      return Optional.ofNullable(receive).map(Receive::message);
    }
  }

  /** Ends its token; the result says what else. */
  record EndEvent(EndResult result) implements Element {}

  /** What an end event does besides ending its token. */
  sealed interface EndResult {
    record None() implements EndResult {}

    record Message(Interaction interaction) implements EndResult {}

    // BPMN's word; nobody imports it without its enclosing type.
    @SuppressWarnings("JavaLangClash")
    record Error(QName code, @Nullable Outgoing data) implements EndResult {}

    record Terminate() implements EndResult {}
  }

  record ReceiveTask(Receive receive, boolean instantiate) implements Element {
    @Override
    public Optional<MessageName> startMessage() {
      return instantiate ? Optional.of(receive.message()) : Optional.empty();
    }
  }

  record MessageCatchEvent(Receive receive) implements Element {}

  /** The interaction is a Send or a Reply. */
  record SendTask(Interaction interaction) implements Element {}

  /** The interaction is a Send or a Reply. */
  record MessageThrowEvent(Interaction interaction) implements Element {}

  record ServiceTask(Interaction.Invoke invoke) implements Element {}

  record ScriptTask(Expression script, List<Interaction.Keep> results) implements Element {}

  record TimerCatchEvent(TimerRule timer) implements Element {}

  record BoundaryTimerEvent(int attachedTo, boolean cancelActivity, TimerRule timer)
      implements Element {}

  /** A null code catches every error. */
  record BoundaryErrorEvent(int attachedTo, @Nullable QName code, List<Interaction.Keep> results)
      implements Element {}

  /**
   * Branches in document order; defaultFlow is -1 where there is none; a converging gateway has one
   * branch without condition.
   */
  record ExclusiveGateway(List<Branch> branches, int defaultFlow) implements Element {}

  /** A flow out of a gateway; condition is null where it has none. */
  record Branch(int flow, @Nullable Expression condition) {}

  record ParallelGateway() implements Element {}

  /** When a timer is due: an ISO 8601 date-time or duration, as the expression's text value. */
  record TimerRule(boolean isDuration, Expression expression) {}

  /**
   * The receive this element waits with, if it is one that can be enabled inside a running
   * instance.
   */
  static Optional<Receive> receiveOf(Element element) {
    return switch (element) {
      case ReceiveTask(var receive, var _) -> Optional.of(receive);
      case MessageCatchEvent(var receive) -> Optional.of(receive);
      case StartEvent _,
          EndEvent _,
          SendTask _,
          MessageThrowEvent _,
          ServiceTask _,
          ScriptTask _,
          TimerCatchEvent _,
          BoundaryTimerEvent _,
          BoundaryErrorEvent _,
          ExclusiveGateway _,
          ParallelGateway _ ->
          Optional.empty();
    };
  }
}
