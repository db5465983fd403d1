package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.MessageFlow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads message flows, which connect pools and never stay inside one (BPMN 2.0.2, clause 9.4). */
final class MessageFlowReader {

  private static final Set<String> SENDERS =
      Set.of("sendTask", "serviceTask", "intermediateThrowEvent", "endEvent");
  private static final Set<String> RECEIVERS =
      Set.of("receiveTask", "serviceTask", "intermediateCatchEvent", "startEvent", "boundaryEvent");

  private final References references;
  private final Catalogue catalogue;
  private final Findings findings;
  private final Map<String, XmlElement> processOfNode = new HashMap<>();
  private final Map<String, String> participantOfProcess = new HashMap<>();

  MessageFlowReader(
      XmlElement definitions, References references, Catalogue catalogue, Findings findings) {
    this.references = references;
    this.catalogue = catalogue;
    this.findings = findings;
    for (var process : definitions.children("process")) {
      process.children().forEach(node -> own(node, process));
    }
    definitions.children().stream()
        .flatMap(c -> c.children("participant").stream())
        .forEach(
            participant ->
                references
                    .byAttribute(participant, "processRef", "process")
                    .ifPresent(p -> participantOfProcess.putIfAbsent(p.id(), participant.id())));
  }

  private void own(XmlElement element, XmlElement process) {
    if (Vocabulary.isFlowNode(element)) {
      processOfNode.put(element.id(), process);
      element.children().forEach(child -> own(child, process));
    }
  }

  MessageFlow read(XmlElement flow) {
    String source = end(flow, "sourceRef", SENDERS);
    String target = end(flow, "targetRef", RECEIVERS);
    if (!source.isEmpty() && pool(source).equals(pool(target))) {
      findings.error(
          flow,
          Rule.MESSAGE_FLOW_INSIDE_POOL,
          "Expected message flow '%s' to connect two pools, but '%s' and '%s' are in the same."
              .formatted(flow.label(), source, target),
          "Use a sequence flow, or move one end into another pool.");
    }
    return new MessageFlow(
        flow.id(),
        source,
        target,
        references
            .byAttribute(flow, "messageRef", "message")
            .map(m -> catalogue.messages.get(m.id()))
            .orElse(null),
        flow.location());
  }

  /** A node of a process that does not execute stands for its pool; empty when wrong. */
  private String end(XmlElement flow, String end, Set<String> kinds) {
    var found = references.byAttribute(flow, end);
    if (found.isEmpty()) {
      return "";
    }
    var process = processOfNode.get(found.get().id());
    if (process == null) {
      return found.get().kind().equals("participant")
          ? found.get().id()
          : wrong(flow, end, found.get());
    }
    if (process.isTrue("isExecutable", false)) {
      return exchanges(found.get(), kinds) ? found.get().id() : wrong(flow, end, found.get());
    }
    String participant = participantOfProcess.get(process.id());
    return participant == null ? wrong(flow, end, found.get()) : participant;
  }

  private boolean exchanges(XmlElement node, Set<String> kinds) {
    // A node that is not executed is refused itself.
    if (!Shape.read().containsKey(node.kind())) {
      return true;
    }
    return kinds.contains(node.kind())
        && (Vocabulary.isActivity(node)
            || references.eventDefinitions(node).stream()
                .anyMatch(d -> d.kind().equals("messageEventDefinition")));
  }

  private String wrong(XmlElement flow, String end, XmlElement found) {
    findings.error(
        flow,
        Rule.MESSAGE_FLOW,
        "Expected %s of message flow '%s' to be a participant or to %s messages, but '%s' is %s."
            .formatted(
                end,
                flow.label(),
                end.equals("sourceRef") ? "send" : "receive",
                found.label(),
                found.what()),
        "Connect a participant, or a task or event that exchanges messages.");
    return "";
  }

  private String pool(String id) {
    var process = processOfNode.get(id);
    return process == null ? id : participantOfProcess.getOrDefault(process.id(), process.id());
  }
}
