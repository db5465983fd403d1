package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.bpmn.ProcessDefinition.SequenceFlow;
import dev.parley.deployment.ExecutableProcess.Flow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Nodes and flows by number instead of id, in document order. */
final class Graph {
  private final ProcessDefinition process;
  private final Map<String, Integer> nodes = new HashMap<>();
  private final Map<String, Integer> flows = new HashMap<>();

  Graph(ProcessDefinition process) {
    this.process = process;
    process.nodes().forEach(n -> nodes.put(n.id(), nodes.size()));
    process.flows().forEach(f -> flows.put(f.id(), flows.size()));
  }

  int node(String id) {
    return Objects.requireNonNull(nodes.get(id), id);
  }

  int flow(String id) {
    return Objects.requireNonNull(flows.get(id), id);
  }

  SequenceFlow sequenceFlow(String id) {
    return process.flows().get(flow(id));
  }

  List<Integer> outgoing(FlowNode node) {
    return node.common().outgoing().stream().map(this::flow).toList();
  }

  List<Flow> flows() {
    return process.flows().stream()
        .map(f -> new Flow(flow(f.id()), f.id(), node(f.source()), node(f.target())))
        .toList();
  }

  /** Numbers of the boundary events attached to a node. */
  List<Integer> boundary(FlowNode node) {
    return IntStream.range(0, process.nodes().size())
        .filter(i -> isAttached(process.nodes().get(i), node.id()))
        .boxed()
        .toList();
  }

  private static boolean isAttached(FlowNode event, String id) {
    return switch (event) {
      case FlowNode.BoundaryErrorEvent error -> error.attachedTo().equals(id);
      case FlowNode.BoundaryTimerEvent timer -> timer.attachedTo().equals(id);
      case FlowNode.StartEvent _,
          FlowNode.EndEvent _,
          FlowNode.ReceiveTask _,
          FlowNode.SendTask _,
          FlowNode.ServiceTask _,
          FlowNode.ScriptTask _,
          FlowNode.MessageThrowEvent _,
          FlowNode.MessageCatchEvent _,
          FlowNode.TimerCatchEvent _,
          FlowNode.ExclusiveGateway _,
          FlowNode.ParallelGateway _ ->
          false;
    };
  }
}
