package dev.parley.bpmn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The flow nodes of one process or sub-process, executed or not, and the flows between them. */
final class FlowGraph {

  private final Map<String, XmlElement> nodes = new LinkedHashMap<>();
  private final List<XmlElement> flows;

  FlowGraph(XmlElement container) {
    container.children().stream().filter(Vocabulary::isFlowNode).forEach(n -> nodes.put(n.id(), n));
    flows = container.children("sequenceFlow");
  }

  List<XmlElement> nodes() {
    return List.copyOf(nodes.values());
  }

  List<XmlElement> flows() {
    return flows;
  }

  boolean contains(XmlElement node) {
    return nodes.containsKey(node.id());
  }

  List<XmlElement> incoming(XmlElement node) {
    return by("targetRef", node.id());
  }

  List<XmlElement> outgoing(XmlElement node) {
    return by("sourceRef", node.id());
  }

  /** What a sequence flow leads to; empty where it dangles. */
  Optional<XmlElement> target(XmlElement flow) {
    return Optional.ofNullable(nodes.get(flow.attribute("targetRef").orElse("")));
  }

  private List<XmlElement> by(String end, String id) {
    return flows.stream().filter(f -> f.attribute(end).orElse("").equals(id)).toList();
  }

  /** Ids of what a token may reach from these, along flows and links and over boundary events. */
  Set<String> reachable(List<XmlElement> starts) {
    var reached = new LinkedHashSet<String>();
    var next = new ArrayDeque<>(starts);
    while (!next.isEmpty()) {
      var node = next.remove();
      if (reached.add(node.id())) {
        outgoing(node).forEach(flow -> target(flow).ifPresent(next::add));
        nodes.values().stream()
            .filter(n -> isAttached(n, node) || isOtherEnd(n, node))
            .forEach(next::add);
      }
    }
    return reached;
  }

  static boolean isAttached(XmlElement event, XmlElement activity) {
    String ref = event.attribute("attachedToRef").orElse("");
    return ref.substring(ref.indexOf(':') + 1).equals(activity.id());
  }

  private static boolean isOtherEnd(XmlElement caught, XmlElement thrown) {
    return caught.kind().equals("intermediateCatchEvent")
        && thrown.kind().equals("intermediateThrowEvent")
        && links(caught).anyMatch(name -> links(thrown).anyMatch(name::equals));
  }

  /** The names of an event's links. */
  static Stream<String> links(XmlElement event) {
    return event.children(EventReader.LINK).stream().map(l -> l.attribute("name").orElse(""));
  }
}
