package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import dev.parley.finding.Location;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow node that executes; each kind by its BPMN name. Whatever else a model holds has been
 * refused.
 */
public sealed interface FlowNode {

  /** What every flow node has. */
  Common common();

  default String id() {
    return common().id();
  }

  default Location location() {
    return common().location();
  }

  /**
   * What every flow node has.
   *
   * @param incoming ids of sequence flows in document order, as outgoing
   * @param policies attributes of our namespace, by local name
   */
  record Common(
      String id,
      String name,
      List<String> incoming,
      List<String> outgoing,
      Map<String, String> policies,
      Map<String, String> namespaces,
      Location location) {}

  /**
   * What a node exchanges with a participant.
   *
   * @param operation null where the model names only a message
   * @param inputs data associations that build the outgoing message
   * @param outputs data associations that keep the incoming message
   * @param payload short form {@code parley:payload}: expression for the outgoing message; null if
   *     absent
   * @param result short form {@code parley:result}: id of the data object for the incoming message;
   *     null if absent
   * @param resultExpression short form {@code parley:resultExpression}: what of the message is
   *     kept; null: all
   */
  record Messaging(
      @Nullable OperationDefinition operation,
      @Nullable MessageDefinition message,
      List<DataAssociation> inputs,
      List<DataAssociation> outputs,
      @Nullable Formal payload,
      @Nullable String result,
      @Nullable Formal resultExpression) {}

  /** Clause 10.5.2. Messaging is null for a none start event. */
  record StartEvent(Common common, @Nullable Messaging messaging) implements FlowNode {}

  /** Clause 10.5.3. */
  record EndEvent(Common common, EndResult result) implements FlowNode {}

  /** What an end event does besides ending its token. */
  sealed interface EndResult {
    record None() implements EndResult {}

    record MessageEnd(Messaging messaging) implements EndResult {}

    /** Data is the expression {@code parley:payload} or the data object of an input association. */
    record ErrorEnd(
        @Nullable ErrorDefinition error, @Nullable Formal payload, List<DataAssociation> inputs)
        implements EndResult {}

    record TerminateEnd() implements EndResult {}
  }

  /** Clause 10.3.3. */
  record ReceiveTask(Common common, boolean instantiate, Messaging messaging) implements FlowNode {}

  /** Clause 10.3.3. */
  record SendTask(Common common, Messaging messaging) implements FlowNode {}

  /** Clause 10.3.3. */
  record ServiceTask(Common common, Messaging messaging) implements FlowNode {}

  /**
   * Clause 10.3.3; the script is XQuery, its value goes into the data objects of outputs or of
   * result.
   */
  record ScriptTask(
      Common common, Formal script, List<DataAssociation> outputs, @Nullable String result)
      implements FlowNode {}

  /** Clause 10.5.4, throwing. */
  record MessageThrowEvent(Common common, Messaging messaging) implements FlowNode {}

  /** Clause 10.5.4, catching. */
  record MessageCatchEvent(Common common, Messaging messaging) implements FlowNode {}

  /** Clause 10.5.4, catching. */
  record TimerCatchEvent(Common common, Timer timer) implements FlowNode {}

  /** Clause 10.5.4, on an activity's boundary. */
  record BoundaryTimerEvent(Common common, String attachedTo, boolean cancelActivity, Timer timer)
      implements FlowNode {}

  /**
   * Clause 10.5.4, on an activity's boundary, always interrupting; a null error catches every
   * error.
   */
  record BoundaryErrorEvent(
      Common common,
      String attachedTo,
      @Nullable ErrorDefinition error,
      List<DataAssociation> outputs,
      @Nullable String result)
      implements FlowNode {}

  /** Clause 10.6.2. */
  record ExclusiveGateway(Common common, @Nullable String defaultFlow) implements FlowNode {}

  /** Clause 10.6.4. */
  record ParallelGateway(Common common) implements FlowNode {}

  /**
   * When a timer is due (clause 10.5.5): exactly one of timeDate, timeDuration; ISO 8601, literal
   * or expression.
   */
  record Timer(Kind kind, Formal expression) {
    /** Which of the timer event definition's elements it is. */
    public enum Kind {
      DATE,
      DURATION
    }
  }
}
