package dev.parley.bpmn;

import java.util.List;

/** The standard's rules on how nodes may be connected (BPMN 2.0.2, clauses 7.6, 10.3 and 10.5). */
final class StructureRules {

  private final XmlElement process;
  private final FlowGraph graph;
  private final References references;
  private final Findings findings;

  StructureRules(XmlElement process, References references, Findings findings) {
    this.process = process;
    this.graph = new FlowGraph(process);
    this.references = references;
    this.findings = findings;
  }

  void check() {
    graph.flows().forEach(this::checkFlow);
    graph.nodes().forEach(this::checkNode);
    checkReachable();
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
            ? "Expected sequence flow '%s' to stay in process '%s', but its %s '%s' is elsewhere."
                .formatted(flow.label(), process.label(), end, found.get().label())
            : "Expected %s of sequence flow '%s' to be a flow node, but '%s' is %s."
                .formatted(end, flow.label(), found.get().label(), found.get().what()),
        elsewhere ? "Use a message flow between pools." : "Connect an event, activity or gateway.");
  }

  private void checkNode(XmlElement node) {
    checkListed(node, "incoming", "targetRef");
    checkListed(node, "outgoing", "sourceRef");
    var incoming = graph.incoming(node);
    if (isStart(node) && !incoming.isEmpty()) {
      findings.error(
          node,
          Rule.START_WITH_INCOMING,
          "Expected no sequence flow into '%s', which starts the process, but found '%s'."
              .formatted(node.label(), incoming.getFirst().label()),
          "Let the flow enter the node that follows it.");
    }
    if (node.kind().equals("endEvent") && !graph.outgoing(node).isEmpty()) {
      findings.error(
          node,
          Rule.END_WITH_OUTGOING,
          "Expected no sequence flow out of end event '%s', but found '%s'."
              .formatted(node.label(), graph.outgoing(node).getFirst().label()),
          "Use an intermediate event where the process goes on.");
    }
    if (node.kind().equals("boundaryEvent")) {
      checkBoundary(node, incoming);
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

  private static boolean isStart(XmlElement node) {
    return node.kind().equals("startEvent") || node.isTrue("instantiate", false);
  }

  private void checkReachable() {
    var starts = graph.nodes().stream().filter(StructureRules::isStart).toList();
    if (starts.isEmpty()) {
      findings.error(
          process,
          Rule.NO_START,
          "Expected a start event or an instantiating receive task in '%s', but found neither."
              .formatted(process.label()),
          "Add a start event, or set instantiate on the receive task that comes first.");
      return;
    }
    var reached = graph.reachable(starts);
    graph.nodes().stream()
        .filter(n -> !reached.contains(n.id()) && !n.isTrue("triggeredByEvent", false))
        .forEach(
            n ->
                findings.error(
                    n,
                    Rule.UNREACHABLE,
                    "Expected a path from a start to '%s', but found none.".formatted(n.label()),
                    "Connect it, or remove it."));
  }
}
