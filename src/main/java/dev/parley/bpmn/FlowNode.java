package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import dev.parley.bpmn.ProcessDefinition.NamedData;
import dev.parley.finding.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow node that executes; each kind by its BPMN name. Whatever else a model holds has been
 * refused.
 */
public sealed interface FlowNode {

  /** What every flow node has. */
  Common common();

  /** What it sends or receives; empty where it does neither. */
  default Optional<Messaging> messaging() {
    return Optional.empty();
  }

  default String id() {
    return common().id();
  }

  default Location location() {
    return common().location();
  }

  /**
   * What every flow node has.
   *
   * @param container id of the process or sub-process that it stands in
   * @param incoming ids of sequence flows in document order, as outgoing
   * @param defaultFlow id of the default one of outgoing; null if none
   * @param loop null where it is done once
   * @param policies attributes of our namespace, by local name
   */
  record Common(
      String id,
      String name,
      String container,
      List<String> incoming,
      List<String> outgoing,
      @Nullable String defaultFlow,
      @Nullable LoopDefinition loop,
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
   * @param endpoint expression {@code parley:endpoint} for where the message goes; null if absent
   * @param headers expression {@code parley:headers} for its SOAP header blocks; null if absent
   * @param identity XPath {@code parley:identity} on a message that comes in, for what it is known
   *     by when it is repeated; null if absent
   * @param callback {@code parley:callback}: the operation whose message answers a service task;
   *     null if absent
   */
  record Messaging(
      @Nullable OperationDefinition operation,
      @Nullable MessageDefinition message,
      List<DataAssociation> inputs,
      List<DataAssociation> outputs,
      @Nullable Formal payload,
      @Nullable String result,
      @Nullable Formal resultExpression,
      @Nullable Formal endpoint,
      @Nullable Formal headers,
      @Nullable Formal identity,
      @Nullable OperationDefinition callback) {}

  /** Clause 10.5.2; what does not interrupt is the start of an event sub-process. */
  record StartEvent(Common common, TriggerDefinition trigger, boolean isInterrupting)
      implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return trigger.messaging();
    }
  }

  /** Clause 10.5.4, catching. */
  record IntermediateCatchEvent(Common common, TriggerDefinition trigger) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return trigger.messaging();
    }
  }

  /** Clause 10.5.4, on an activity's boundary. */
  record BoundaryEvent(
      Common common, String attachedTo, boolean cancelActivity, TriggerDefinition trigger)
      implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return trigger.messaging();
    }
  }

  /** Clause 10.5.4, throwing. */
  record IntermediateThrowEvent(Common common, ResultDefinition result) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return result.messaging();
    }
  }

  /** Clause 10.5.3. */
  record EndEvent(Common common, ResultDefinition result) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return result.messaging();
    }
  }

  /** Clause 10.3.3. */
  record ReceiveTask(Common common, boolean instantiate, Messaging exchanged) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  /** Clause 10.3.3. */
  record SendTask(Common common, Messaging exchanged) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  /** Clause 10.3.3. */
  record ServiceTask(Common common, Messaging exchanged) implements FlowNode {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  /**
   * Clause 10.3.3; the script is XQuery and calls its inputs by their names; its value goes into
   * the data objects of outputs or of result.
   */
  record ScriptTask(
      Common common,
      Formal script,
      List<NamedData> inputs,
      List<DataAssociation> outputs,
      @Nullable String result)
      implements FlowNode {}

  /** Clause 10.3.4: waits until somebody completes it; a manual task does so too. */
  record UserTask(Common common, List<NamedData> inputs, List<NamedData> outputs)
      implements FlowNode {}

  /**
   * Clause 10.3.6: runs another process, by its key, and waits for its end.
   *
   * @param version of the called process; null: the latest one
   */
  record CallActivity(
      Common common,
      String called,
      @Nullable Integer version,
      List<NamedData> inputs,
      List<NamedData> outputs)
      implements FlowNode {}

  /** Clause 10.3.3: a task that does not say what it does; its token goes on at once. */
  record Task(Common common) implements FlowNode {}

  /** Clause 10.3.5; an event sub-process is triggered by its start event. */
  record SubProcess(Common common, boolean triggeredByEvent) implements FlowNode {}

  /** Clause 10.6.2. */
  record ExclusiveGateway(Common common) implements FlowNode {}

  /** Clause 10.6.3. */
  record InclusiveGateway(Common common) implements FlowNode {}

  /** Clause 10.6.4. */
  record ParallelGateway(Common common) implements FlowNode {}

  /** Clause 10.6.6; a parallel one needs all of its events, and starts the process. */
  record EventBasedGateway(Common common, boolean instantiate, boolean parallel)
      implements FlowNode {}
}
