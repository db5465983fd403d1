package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.BoundaryEvent;
import dev.parley.bpmn.FlowNode.EventBasedGateway;
import dev.parley.bpmn.FlowNode.IntermediateCatchEvent;
import dev.parley.bpmn.FlowNode.ReceiveTask;
import dev.parley.bpmn.FlowNode.StartEvent;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.bpmn.ProcessDefinition.SequenceFlow;
import dev.parley.bpmn.TriggerDefinition;
import dev.parley.deployment.ExecutableProcess.Flow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
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

  boolean hasNode(String id) {
    return nodes.containsKey(id);
  }

  int node(String id) {
    return Objects.requireNonNull(nodes.get(id), id);
  }

  int flow(String id) {
    return Objects.requireNonNull(flows.get(id), id);
  }

  FlowNode definition(String id) {
    return process.nodes().get(node(id));
  }

  SequenceFlow sequenceFlow(String id) {
    return process.flows().get(flow(id));
  }

  List<Integer> incoming(FlowNode node) {
    return node.common().incoming().stream().map(this::flow).toList();
  }

  List<Flow> flows() {
    return process.flows().stream()
        .map(f -> new Flow(flow(f.id()), f.id(), node(f.source()), node(f.target())))
        .toList();
  }

  /** Numbers of the boundary events attached to a node. */
  List<Integer> boundary(FlowNode node) {
    return numbers(n -> n instanceof BoundaryEvent event && event.attachedTo().equals(node.id()));
  }

  /** Number of the catching link event of a name beside a node. */
  int link(FlowNode beside, String name) {
    return numbers(
            n ->
                n instanceof IntermediateCatchEvent event
                    && event.common().container().equals(beside.common().container())
                    && event.trigger().equals(new TriggerDefinition.Link(name)))
        .getFirst();
  }

  /** Numbers of the nodes that tokens begin at when a process or sub-process is entered. */
  List<Integer> starts(String container) {
    var explicit =
        numbers(
            n ->
                n.common().container().equals(container)
                    && n instanceof StartEvent start
                    && start.trigger() instanceof TriggerDefinition.None);
    return explicit.isEmpty()
        ? numbers(n -> n.common().container().equals(container) && isImplicitStart(n))
        : explicit;
  }

  private static boolean isImplicitStart(FlowNode node) {
    boolean entered = node.common().incoming().isEmpty();
    return switch (node) {
      case StartEvent _, BoundaryEvent _ -> false;
      case ReceiveTask task -> entered && !task.instantiate();
      case EventBasedGateway gateway -> entered && !gateway.instantiate();
      case IntermediateCatchEvent event ->
          entered && !(event.trigger() instanceof TriggerDefinition.Link);
      case FlowNode.SubProcess sub -> entered && !sub.triggeredByEvent();
      default -> entered;
    };
  }

  /** Numbers of the start events of the event sub-processes in a process or sub-process. */
  List<Integer> eventStarts(String container) {
    return numbers(
        n -> n instanceof StartEvent && isEventSubProcess(n.common().container(), container));
  }

  private boolean isEventSubProcess(String id, String container) {
    return !id.equals(process.id())
        && definition(id) instanceof FlowNode.SubProcess sub
        && sub.triggeredByEvent()
        && sub.common().container().equals(container);
  }

  /** Whether a message taken there makes an instance. */
  boolean instantiates(FlowNode node) {
    return switch (node) {
      case StartEvent _ -> isTop(node);
      case ReceiveTask task -> isTop(node) && (task.instantiate() || followsStartGateway(node));
      case IntermediateCatchEvent _ -> isTop(node) && followsStartGateway(node);
      default -> false;
    };
  }

  private boolean isTop(FlowNode node) {
    return node.common().container().equals(process.id());
  }

  private boolean followsStartGateway(FlowNode node) {
    return node.common().incoming().stream()
        .map(f -> definition(sequenceFlow(f).source()))
        .anyMatch(n -> n instanceof EventBasedGateway gateway && gateway.instantiate());
  }

  private List<Integer> numbers(Predicate<FlowNode> wanted) {
    return IntStream.range(0, process.nodes().size())
        .filter(i -> wanted.test(process.nodes().get(i)))
        .boxed()
        .toList();
  }
}
