package dev.parley.bpmn;

import java.util.List;

/** The standard's rules on how nodes of one process or sub-process may be connected. */
final class StructureRules {

  private final XmlElement container;
  private final FlowGraph graph;
  private final References references;
  private final Findings findings;

  StructureRules(XmlElement container, References references, Findings findings) {
    this.container = container;
    this.graph = new FlowGraph(container);
    this.references = references;
    this.findings = findings;
  }

  void check() {
    graph.flows().forEach(this::checkFlow);
    graph.nodes().forEach(this::checkNode);
    new StartRules(container, graph, findings).check();
    var gateways = new GatewayRules(graph, references, findings);
    graph.nodes().forEach(gateways::check);
  }

  private void checkFlow(XmlElement flow) {
    checkEnd(flow, "sourceRef");
    checkEnd(flow, "targetRef");
  }

  private void checkEnd(XmlElement flow, String end) {
    var found = references.byAttribute(flow, end);
    if (found.isEmpty() || graph.contains(found.get())) {
      return;
    }
    boolean elsewhere = Vocabulary.isFlowNode(found.get());
    findings.error(
        flow,
        elsewhere ? Rule.SEQUENCE_FLOW_LEAVES_POOL : Rule.SEQUENCE_FLOW,
        elsewhere
            ? "Expected sequence flow '%s' to stay in '%s', but its %s '%s' is elsewhere."
                .formatted(flow.label(), container.label(), end, found.get().label())
            : "Expected %s of sequence flow '%s' to be a flow node, but '%s' is %s."
                .formatted(end, flow.label(), found.get().label(), found.get().what()),
        elsewhere ? "Use a message flow between pools." : "Connect an event, activity or gateway.");
  }

  private void checkNode(XmlElement node) {
    checkListed(node, "incoming", "targetRef");
    checkListed(node, "outgoing", "sourceRef");
    checkEventSubProcess(node);
    checkLoop(node);
    checkLink(node);
    if (node.kind().equals("endEvent") && !graph.outgoing(node).isEmpty()) {
      findings.error(
          node,
          Rule.END_WITH_OUTGOING,
          "Expected no sequence flow out of end event '%s', but found '%s'."
              .formatted(node.label(), graph.outgoing(node).getFirst().label()),
          "Use an intermediate event where the process goes on.");
    }
    if (node.kind().equals("boundaryEvent")) {
      checkBoundary(node, graph.incoming(node));
    }
  }

  private void checkListed(XmlElement node, String list, String end) {
    for (var flow : references.byChildren(node, list, "sequenceFlow")) {
      if (!flow.attribute(end).orElse("").equals(node.id())) {
        findings.error(
            node,
            Rule.SEQUENCE_FLOW,
            "Expected '%s', which '%s' lists as %s, to have it as %s, but it has '%s'."
                .formatted(flow.label(), node.label(), list, end, flow.attribute(end).orElse("")),
            "Make both say the same.");
      }
    }
  }

  private void checkBoundary(XmlElement event, List<XmlElement> incoming) {
    if (!incoming.isEmpty()) {
      findings.error(
          event,
          Rule.BOUNDARY,
          "Expected no sequence flow into boundary event '%s', but found '%s'."
              .formatted(event.label(), incoming.getFirst().label()),
          "Let the flow enter the activity.");
    }
    var activity = references.byAttribute(event, "attachedToRef");
    if (activity.isPresent()
        && !(Vocabulary.isActivity(activity.get()) && graph.contains(activity.get()))) {
      findings.error(
          event,
          Rule.BOUNDARY,
          "Expected boundary event '%s' to be attached to an activity here, but '%s' is none."
              .formatted(event.label(), activity.get().label()),
          "Correct attachedToRef.");
    }
  }

  /** An event sub-process is entered by its trigger alone (clause 10.3.5). */
  private void checkEventSubProcess(XmlElement subProcess) {
    boolean connected =
        !graph.incoming(subProcess).isEmpty() || !graph.outgoing(subProcess).isEmpty();
    if (ProcessTree.isEventSubProcess(subProcess) && connected) {
      findings.error(
          subProcess,
          Rule.SUB_PROCESS,
          "Expected no sequence flow into or out of event sub-process '%s', but found one."
              .formatted(subProcess.label()),
          "Remove the flow, or triggeredByEvent.");
    }
  }

  /** What is entered by an event is done once for each event. */
  private void checkLoop(XmlElement node) {
    boolean byEvent =
        node.isTrue("instantiate", false)
            || ProcessTree.isEventSubProcess(node)
            || graph.incoming(node).stream().anyMatch(this::leavesEventGateway);
    boolean loops = node.children().stream().anyMatch(c -> c.kind().endsWith("Characteristics"));
    if (byEvent && loops) {
      findings.error(
          node,
          Rule.LOOP,
          "Expected no loop at '%s', which an event enters, but found one.".formatted(node.label()),
          "Put it into a sub-process that loops.");
    }
  }

  private boolean leavesEventGateway(XmlElement flow) {
    var source = flow.attribute("sourceRef").orElse("");
    return graph.nodes().stream()
        .anyMatch(n -> n.id().equals(source) && n.kind().equals("eventBasedGateway"));
  }

  private void checkLink(XmlElement event) {
    if (!event.kind().equals("intermediateThrowEvent")) {
      return;
    }
    for (var name : FlowGraph.links(event).toList()) {
      var ends =
          graph.nodes().stream()
              .filter(n -> n.kind().equals("intermediateCatchEvent"))
              .filter(n -> FlowGraph.links(n).anyMatch(name::equals))
              .toList();
      if (ends.size() != 1) {
        findings.error(
            event,
            Rule.LINK,
            "Expected one catching link event '%s' beside '%s', but found %d."
                .formatted(name, event.label(), ends.size()),
            "Give both ends the same name, in the same process or sub-process.");
      }
    }
  }
}
