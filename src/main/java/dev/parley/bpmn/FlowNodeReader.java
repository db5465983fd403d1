package dev.parley.bpmn;

import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.EventBasedGateway;
import dev.parley.bpmn.FlowNode.ExclusiveGateway;
import dev.parley.bpmn.FlowNode.InclusiveGateway;
import dev.parley.bpmn.FlowNode.ParallelGateway;
import dev.parley.bpmn.FlowNode.ReceiveTask;
import dev.parley.bpmn.FlowNode.SendTask;
import dev.parley.bpmn.FlowNode.ServiceTask;
import dev.parley.bpmn.FlowNode.SubProcess;
import dev.parley.bpmn.FlowNode.Task;
import java.util.List;
import java.util.Optional;

/** Reads the flow nodes of one process; what is not executed is empty. */
final class FlowNodeReader {
  private final ProcessTree tree;
  private final MessagingReader messaging;
  private final EventReader events;
  private final LoopReader loops;
  private final TaskReader tasks;

  FlowNodeReader(
      ProcessTree tree,
      MessagingReader messaging,
      EventReader events,
      LoopReader loops,
      TaskReader tasks) {
    this.tree = tree;
    this.messaging = messaging;
    this.events = events;
    this.loops = loops;
    this.tasks = tasks;
  }

  Optional<FlowNode> read(XmlElement node) {
    var common = common(node);
    return switch (node.kind()) {
      case "startEvent" -> events.start(node, common, tree.holder(node));
      case "endEvent" -> events.end(node, common);
      case "intermediateCatchEvent" -> events.caught(node, common);
      case "intermediateThrowEvent" -> events.thrown(node, common);
      case "boundaryEvent" -> events.boundary(node, common);
      case "receiveTask" ->
          Optional.of(
              new ReceiveTask(
                  common, node.isTrue("instantiate", false), messaging.read(node, node)));
      case "sendTask" -> Optional.of(new SendTask(common, messaging.read(node, node)));
      case "serviceTask" -> Optional.of(new ServiceTask(common, messaging.read(node, node)));
      case "scriptTask" -> Optional.of(tasks.script(node, common));
      case "userTask", "manualTask" -> Optional.of(tasks.user(node, common));
      case "callActivity" -> Optional.of(tasks.call(node, common));
      case "task" -> Optional.of(new Task(common));
      case "subProcess" ->
          Optional.of(new SubProcess(common, node.isTrue("triggeredByEvent", false)));
      case "exclusiveGateway" -> Optional.of(new ExclusiveGateway(common));
      case "inclusiveGateway" -> Optional.of(new InclusiveGateway(common));
      case "parallelGateway" -> Optional.of(new ParallelGateway(common));
      case "eventBasedGateway" -> Optional.of(eventBased(node, common));
      default -> Optional.empty();
    };
  }

  private static FlowNode eventBased(XmlElement node, Common common) {
    boolean parallel = node.attribute("eventGatewayType").orElse("").equals("Parallel");
    return new EventBasedGateway(common, node.isTrue("instantiate", false), parallel);
  }

  private Common common(XmlElement node) {
    return new Common(
        node.id(),
        node.title(),
        tree.holder(node).id(),
        flows("targetRef", node),
        flows("sourceRef", node),
        node.attribute("default").map(d -> d.substring(d.indexOf(':') + 1)).orElse(null),
        loops.read(node),
        ParleyAttributes.policies(node),
        node.namespaces(),
        node.location());
  }

  private List<String> flows(String end, XmlElement node) {
    return tree.holder(node).children("sequenceFlow").stream()
        .filter(f -> f.attribute(end).orElse("").equals(node.id()))
        .map(XmlElement::id)
        .toList();
  }
}
