package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition.NamedData;
import dev.parley.deployment.ExecutableProcess.Branch;
import dev.parley.deployment.ExecutableProcess.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles flow nodes one by one; empty where something was found. */
final class NodeCompiler {
  private final Graph graph;
  private final Scopes scopes;
  private final Joins joins;
  private final EventCompiler events;
  private final LoopCompiler loops;

  /** What a node's data, messages and expressions are joined by. */
  record Joins(Interactions interactions, DataJoin data, Formulas formulas) {}

  NodeCompiler(Graph graph, Scopes scopes, Joins joins, EventCompiler events, LoopCompiler loops) {
    this.graph = graph;
    this.scopes = scopes;
    this.joins = joins;
    this.events = events;
    this.loops = loops;
  }

  /**
   * Compiles a node.
   *
   * @param hosts elements of the activities that boundary events are attached to, by id
   */
  Optional<Element> compile(FlowNode node, Map<String, Element> hosts) {
    var interactions = joins.interactions();
    return switch (node) {
      case FlowNode.StartEvent start -> start(start);
      case FlowNode.IntermediateCatchEvent event -> caught(event);
      case FlowNode.BoundaryEvent event -> events.boundary(event, hosts.get(event.attachedTo()));
      case FlowNode.IntermediateThrowEvent event -> events.thrown(event);
      case FlowNode.EndEvent event -> events.end(event);
      case FlowNode.ReceiveTask task ->
          interactions.receive(task).map(r -> new Element.ReceiveTask(r, graph.instantiates(node)));
      case FlowNode.SendTask task -> interactions.send(task).map(Element.SendTask::new);
      case FlowNode.ServiceTask task -> interactions.invoke(task).map(Element.ServiceTask::new);
      case FlowNode.ScriptTask task -> script(task);
      case FlowNode.UserTask task ->
          data(node, task.inputs(), task.outputs()).map(Element.UserTask::new);
      case FlowNode.CallActivity call -> call(call);
      case FlowNode.Task _ -> Optional.of(new Element.Task());
      case FlowNode.SubProcess sub ->
          Optional.of(new Element.SubProcess(scopes.contentOf(sub.id()), sub.triggeredByEvent()));
      case FlowNode.ExclusiveGateway _ -> Optional.of(new Element.ExclusiveGateway());
      case FlowNode.InclusiveGateway _ -> Optional.of(new Element.InclusiveGateway());
      case FlowNode.ParallelGateway _ -> Optional.of(new Element.ParallelGateway());
      case FlowNode.EventBasedGateway gateway ->
          Optional.of(new Element.EventBasedGateway(gateway.parallel()));
    };
  }

  private Optional<Element> start(FlowNode.StartEvent start) {
    boolean instantiates = graph.instantiates(start);
    return events
        .trigger(start, start.trigger())
        .map(t -> new Element.StartEvent(t, instantiates, start.isInterrupting()));
  }

  private Optional<Element> caught(FlowNode.IntermediateCatchEvent event) {
    boolean instantiates = graph.instantiates(event);
    return events
        .trigger(event, event.trigger())
        .map(t -> new Element.IntermediateCatchEvent(t, instantiates));
  }

  private Optional<Element> call(FlowNode.CallActivity call) {
    var wanted = call.version();
    int version = wanted == null ? Element.CallActivity.LATEST : wanted;
    return data(call, call.inputs(), call.outputs())
        .map(d -> new Element.CallActivity(call.called(), version, d));
  }

  private Optional<ActivityData> data(
      FlowNode node, List<NamedData> inputs, List<NamedData> outputs) {
    return joins.data().activity(node.common(), inputs, outputs);
  }

  private Optional<Element> script(FlowNode.ScriptTask task) {
    var names = task.inputs().stream().map(NamedData::name).toList();
    var inputs = joins.data().inputs(task.common(), task.inputs());
    var script = joins.formulas().compileWith(names, task.script(), task.id());
    var keeps =
        joins.data().keeps(task.common(), task.outputs(), task.result(), null, Optional.empty());
    return inputs.flatMap(
        i -> script.flatMap(s -> keeps.map(k -> new Element.ScriptTask(i, s, k))));
  }

  /** A node with what surrounds it. */
  Node node(FlowNode node, Element element) {
    var common = node.common();
    var byDefault = common.defaultFlow();
    return new Node(
        graph.node(node.id()),
        node.id(),
        common.name(),
        element,
        scopes.around(node.id()),
        branches(node),
        byDefault == null ? -1 : graph.flow(byDefault),
        graph.incoming(node),
        graph.boundary(node),
        loops.compile(node),
        node.location());
  }

  private List<Branch> branches(FlowNode node) {
    var branches = new ArrayList<Branch>();
    for (var id : node.common().outgoing()) {
      var condition = graph.sequenceFlow(id).condition();
      var expression =
          condition == null ? null : joins.formulas().compile(condition, id).orElse(null);
      branches.add(new Branch(graph.flow(id), expression));
    }
    return branches;
  }
}
