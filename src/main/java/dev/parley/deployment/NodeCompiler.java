package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.EndResult.ErrorEnd;
import dev.parley.bpmn.FlowNode.EndResult.MessageEnd;
import dev.parley.bpmn.FlowNode.EndResult.None;
import dev.parley.bpmn.FlowNode.EndResult.TerminateEnd;
import dev.parley.deployment.Element.Branch;
import dev.parley.deployment.Element.EndResult;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Compiles flow nodes one by one; empty where something was found. */
final class NodeCompiler {
  private final Graph graph;
  private final Interactions interactions;
  private final Errors errors;
  private final DataJoin data;
  private final Formulas formulas;
  private final Timers timers;

  NodeCompiler(
      Graph graph, Interactions interactions, Errors errors, DataJoin data, Formulas formulas) {
    this.graph = graph;
    this.interactions = interactions;
    this.errors = errors;
    this.data = data;
    this.formulas = formulas;
    this.timers = new Timers(formulas);
  }

  /**
   * Compiles a node.
   *
   * @param hosts elements of the activities that boundary events are attached to, by id
   */
  Optional<Element> compile(FlowNode node, Map<String, Element> hosts) {
    return switch (node) {
      case FlowNode.StartEvent start -> start(start);
      case FlowNode.EndEvent end -> end(end);
      case FlowNode.ReceiveTask task ->
          interactions.receive(task).map(r -> new Element.ReceiveTask(r, task.instantiate()));
      case FlowNode.MessageCatchEvent event ->
          interactions.receive(event).map(Element.MessageCatchEvent::new);
      case FlowNode.SendTask task -> interactions.send(task).map(Element.SendTask::new);
      case FlowNode.MessageThrowEvent event ->
          interactions.send(event).map(Element.MessageThrowEvent::new);
      case FlowNode.ServiceTask task -> interactions.invoke(task).map(Element.ServiceTask::new);
      case FlowNode.ScriptTask task -> script(task);
      case FlowNode.TimerCatchEvent event ->
          timers.compile(event.timer(), event.id()).map(Element.TimerCatchEvent::new);
      case FlowNode.BoundaryTimerEvent event -> boundary(event);
      case FlowNode.BoundaryErrorEvent event ->
          Optional.ofNullable(hosts.get(event.attachedTo()))
              .flatMap(host -> errors.boundary(event, graph.node(event.attachedTo()), host));
      case FlowNode.ExclusiveGateway gateway -> exclusive(gateway);
      case FlowNode.ParallelGateway _ -> Optional.of(new Element.ParallelGateway());
    };
  }

  private Optional<Element> start(FlowNode.StartEvent start) {
    return start.messaging() == null
        ? Optional.of(new Element.StartEvent(null))
        : interactions.receive(start).map(Element.StartEvent::new);
  }

  private Optional<Element> end(FlowNode.EndEvent end) {
    return switch (end.result()) {
      case None _ -> Optional.of(new Element.EndEvent(new EndResult.None()));
      case TerminateEnd _ -> Optional.of(new Element.EndEvent(new EndResult.Terminate()));
      case ErrorEnd error -> errors.end(end, error);
      case MessageEnd _ ->
          interactions.send(end).map(i -> new Element.EndEvent(new EndResult.Message(i)));
    };
  }

  private Optional<Element> script(FlowNode.ScriptTask task) {
    var script = formulas.compile(task.script(), task.id());
    var keeps = data.keeps(task.common(), task.outputs(), task.result(), null, Optional.empty());
    return script.flatMap(s -> keeps.map(k -> new Element.ScriptTask(s, k)));
  }

  private Optional<Element> boundary(FlowNode.BoundaryTimerEvent event) {
    return timers
        .compile(event.timer(), event.id())
        .map(
            rule ->
                new Element.BoundaryTimerEvent(
                    graph.node(event.attachedTo()), event.cancelActivity(), rule));
  }

  private Optional<Element> exclusive(FlowNode.ExclusiveGateway gateway) {
    var branches = new ArrayList<Branch>();
    for (var id : gateway.common().outgoing()) {
      var condition = graph.sequenceFlow(id).condition();
      if (condition == null) {
        branches.add(new Branch(graph.flow(id), null));
      } else {
        formulas
            .compile(condition, id)
            .ifPresent(expression -> branches.add(new Branch(graph.flow(id), expression)));
      }
    }
    var defaultFlow = gateway.defaultFlow();
    return branches.size() == gateway.common().outgoing().size()
        ? Optional.of(
            new Element.ExclusiveGateway(
                branches, defaultFlow == null ? -1 : graph.flow(defaultFlow)))
        : Optional.empty();
  }
}
