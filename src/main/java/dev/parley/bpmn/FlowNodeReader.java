package dev.parley.bpmn;

import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.ExclusiveGateway;
import dev.parley.bpmn.FlowNode.ParallelGateway;
import dev.parley.bpmn.FlowNode.ReceiveTask;
import dev.parley.bpmn.FlowNode.ScriptTask;
import dev.parley.bpmn.FlowNode.SendTask;
import dev.parley.bpmn.FlowNode.ServiceTask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the flow nodes of one process; what is none, or not executed, is empty. */
final class FlowNodeReader {

  private static final Set<String> XQUERY_FORMATS =
      Set.of(
          "xquery",
          "application/xquery",
          "http://www.w3.org/xml/query",
          "http://www.w3.org/2010/xquery",
          "http://www.w3.org/tr/xquery-31/");

  private final XmlElement process;
  private final MessagingReader messaging;
  private final EventReader events;
  private final DataReader data;
  private final Findings findings;

  FlowNodeReader(
      XmlElement process,
      MessagingReader messaging,
      EventReader events,
      DataReader data,
      Findings findings) {
    this.process = process;
    this.messaging = messaging;
    this.events = events;
    this.data = data;
    this.findings = findings;
  }

  Optional<FlowNode> read(XmlElement node) {
    return switch (node.kind()) {
      case "startEvent" -> events.start(node, common(node));
      case "endEvent" -> events.end(node, common(node));
      case "intermediateCatchEvent" -> events.caught(node, common(node));
      case "intermediateThrowEvent" -> events.thrown(node, common(node));
      case "boundaryEvent" -> events.boundary(node, common(node));
      case "receiveTask" ->
          Optional.of(
              new ReceiveTask(
                  common(node), node.isTrue("instantiate", false), messaging.read(node, node)));
      case "sendTask" -> Optional.of(new SendTask(common(node), messaging.read(node, node)));
      case "serviceTask" -> Optional.of(new ServiceTask(common(node), messaging.read(node, node)));
      case "scriptTask" -> Optional.of(script(node));
      case "exclusiveGateway" ->
          Optional.of(new ExclusiveGateway(common(node), node.attribute("default").orElse(null)));
      case "parallelGateway" -> Optional.of(new ParallelGateway(common(node)));
      default -> Optional.empty();
    };
  }

  private Common common(XmlElement node) {
    return new Common(
        node.id(),
        node.title(),
        flows("targetRef", node),
        flows("sourceRef", node),
        ParleyAttributes.policies(node),
        node.namespaces(),
        node.location());
  }

  private List<String> flows(String end, XmlElement node) {
    return process.children("sequenceFlow").stream()
        .filter(f -> f.attribute(end).orElse("").equals(node.id()))
        .map(XmlElement::id)
        .toList();
  }

  private ScriptTask script(XmlElement node) {
    String format = node.attribute("scriptFormat").orElse("");
    if (!XQUERY_FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      findings.error(
          node,
          Rule.SCRIPT,
          "Expected a script in XQuery, but scriptFormat is '%s'.".formatted(format),
          "Write the script in XQuery, with scriptFormat=\"application/xquery\".");
    }
    var script = node.child("script");
    if (script.isEmpty() || script.get().text().isBlank() || !script.get().children().isEmpty()) {
      findings.error(
          node,
          Rule.SCRIPT,
          "Expected script task '%s' to have a script of text only, but found none."
              .formatted(node.label()),
          "Write the XQuery into the script element; use CDATA where it contains markup.");
    }
    data.refuse(node, "dataInput");
    var place = script.orElse(node);
    var formal =
        new Formal(place.text().strip(), Expressions.XQUERY, place.namespaces(), place.location());
    return new ScriptTask(common(node), formal, data.outputs(node), messaging.result(node));
  }
}
