package dev.parley.bpmn;

import java.util.List;
import java.util.Set;

/** How an event-based gateway is configured (BPMN 2.0.2, clause 10.6.6). */
final class EventGatewayRules {
  private static final Set<String> EVENTS =
      Set.of(EventReader.MESSAGE, EventReader.TIMER, EventReader.SIGNAL, EventReader.CONDITIONAL);

  private final FlowGraph graph;
  private final References references;
  private final Findings findings;

  EventGatewayRules(FlowGraph graph, References references, Findings findings) {
    this.graph = graph;
    this.references = references;
    this.findings = findings;
  }

  void check(XmlElement gateway) {
    var targets = graph.outgoing(gateway).stream().flatMap(f -> graph.target(f).stream()).toList();
    boolean starts = gateway.isTrue("instantiate", false);
    if (targets.size() < 2) {
      wrong(gateway, "to have two outgoing flows or more", targets.size() + " of them");
    }
    if (gateway.attribute("eventGatewayType").orElse("").equals("Parallel") && !starts) {
      wrong(gateway, "to start the process, being parallel", "no instantiate=\"true\"");
    }
    targets.forEach(target -> checkTarget(gateway, target, starts));
    boolean tasks = targets.stream().anyMatch(t -> t.kind().equals("receiveTask"));
    boolean messages = targets.stream().anyMatch(t -> definitions(t).contains(EventReader.MESSAGE));
    if (tasks && messages) {
      wrong(gateway, "receive tasks or message events after it", "both");
    }
  }

  private void checkTarget(XmlElement gateway, XmlElement target, boolean starts) {
    boolean task = target.kind().equals("receiveTask");
    boolean event =
        target.kind().equals("intermediateCatchEvent")
            && EVENTS.containsAll(definitions(target))
            && (!starts || definitions(target).contains(EventReader.MESSAGE));
    if (!task && !event) {
      wrong(
          gateway,
          starts
              ? "receive tasks and message events after it"
              : "receive tasks and message, timer, signal and conditional events after it",
          "%s '%s'".formatted(target.name().getLocalPart(), target.label()));
    }
    if (graph.incoming(target).size() > 1) {
      wrong(
          gateway,
          "to be the only way to '%s'".formatted(target.label()),
          "other flows that lead there");
    }
    boolean bounded = graph.nodes().stream().anyMatch(n -> FlowGraph.isAttached(n, target));
    if (task && bounded) {
      wrong(
          gateway,
          "no boundary event at '%s'".formatted(target.label()),
          "one: use another branch");
    }
  }

  private List<String> definitions(XmlElement event) {
    return references.eventDefinitions(event).stream().map(XmlElement::kind).toList();
  }

  private void wrong(XmlElement gateway, String expected, String found) {
    findings.error(
        gateway,
        Rule.EVENT_GATEWAY,
        "Expected event-based gateway '%s' %s, but found %s."
            .formatted(gateway.label(), withVerb(expected), found),
        "Correct what follows the gateway (BPMN 2.0.2, clause 10.6.6).");
  }

  private static String withVerb(String expected) {
    return expected.startsWith("to ") ? expected : "to have " + expected;
  }
}
