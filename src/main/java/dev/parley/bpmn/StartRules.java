package dev.parley.bpmn;

import java.util.List;

/** Where a process or sub-process begins, and what it never comes to (clauses 10.5.2, 13.3.4). */
final class StartRules {
  private final XmlElement container;
  private final FlowGraph graph;
  private final Findings findings;

  StartRules(XmlElement container, FlowGraph graph, Findings findings) {
    this.container = container;
    this.graph = graph;
    this.findings = findings;
  }

  void check() {
    graph.nodes().stream().filter(StartRules::isStart).forEach(this::checkNoIncoming);
    graph.nodes().stream().filter(n -> n.isTrue("instantiate", false)).forEach(this::checkTop);
    var starts = starts();
    if (ProcessTree.isEventSubProcess(container)) {
      checkEventSubProcess(starts);
    }
    if (starts.isEmpty()) {
      checkNoStart();
      return;
    }
    var reached = graph.reachable(starts);
    graph.nodes().stream()
        .filter(n -> !reached.contains(n.id()) && !ProcessTree.isEventSubProcess(n))
        .forEach(this::unreachable);
  }

  private static boolean isStart(XmlElement node) {
    return node.kind().equals("startEvent") || node.isTrue("instantiate", false);
  }

  private List<XmlElement> starts() {
    var explicit = graph.nodes().stream().filter(StartRules::isStart).toList();
    return explicit.isEmpty() && ProcessTree.isSubProcess(container)
        ? graph.nodes().stream().filter(this::isImplicitStart).toList()
        : explicit;
  }

  /** A sub-process without start event begins at whatever no flow leads to. */
  private boolean isImplicitStart(XmlElement node) {
    return graph.incoming(node).isEmpty()
        && !node.kind().equals("boundaryEvent")
        && FlowGraph.links(node).findAny().isEmpty()
        && !ProcessTree.isEventSubProcess(node);
  }

  private void checkNoIncoming(XmlElement node) {
    var incoming = graph.incoming(node);
    if (!incoming.isEmpty()) {
      findings.error(
          node,
          Rule.START_WITH_INCOMING,
          "Expected no sequence flow into '%s', which starts the process, but found '%s'."
              .formatted(node.label(), incoming.getFirst().label()),
          "Let the flow enter the node that follows it.");
    }
  }

  private void checkTop(XmlElement node) {
    if (ProcessTree.isSubProcess(container)) {
      findings.error(
          node,
          Rule.SUB_PROCESS,
          "Expected '%s' to start no instance, being in a sub-process, but instantiate is true."
              .formatted(node.label()),
          "Remove instantiate, or move it out of the sub-process.");
    }
  }

  private void checkEventSubProcess(List<XmlElement> starts) {
    if (starts.size() != 1 || !starts.getFirst().kind().equals("startEvent")) {
      findings.error(
          container,
          Rule.SUB_PROCESS,
          "Expected event sub-process '%s' to have exactly one start event, but found %d."
              .formatted(container.label(), starts.size()),
          "Keep one start event, which says what triggers it.");
    }
  }

  private void checkNoStart() {
    if (graph.nodes().isEmpty() && ProcessTree.isSubProcess(container)) {
      return;
    }
    findings.error(
        container,
        Rule.NO_START,
        "Expected a start event or an instantiating receive task in '%s', but found neither."
            .formatted(container.label()),
        "Add a start event, or set instantiate on the receive task that comes first.");
  }

  private void unreachable(XmlElement node) {
    findings.error(
        node,
        Rule.UNREACHABLE,
        "Expected a path from a start to '%s', but found none.".formatted(node.label()),
        "Connect it, or remove it.");
  }
}
