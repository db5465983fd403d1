package dev.parley.bpmn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flow nodes of one process, executed or not, and the sequence flows between them. */
final class FlowGraph {

  private final Map<String, XmlElement> nodes = new LinkedHashMap<>();
  private final List<XmlElement> flows;

  FlowGraph(XmlElement process) {
    process.children().stream().filter(Vocabulary::isFlowNode).forEach(n -> nodes.put(n.id(), n));
    flows = process.children("sequenceFlow");
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

  private List<XmlElement> by(String end, String id) {
    return flows.stream().filter(f -> f.attribute(end).orElse("").equals(id)).toList();
  }

  /** Ids of what a token may reach from these, along flows and over boundary events. */
  Set<String> reachable(List<XmlElement> starts) {
    var reached = new LinkedHashSet<String>();
    var next = new ArrayDeque<>(starts);
    while (!next.isEmpty()) {
      var node = next.remove();
      if (reached.add(node.id())) {
        for (var flow : outgoing(node)) {
          var target = nodes.get(flow.attribute("targetRef").orElse(""));
          if (target != null) {
            next.add(target);
          }
        }
        nodes.values().stream().filter(b -> isAttached(b, node)).forEach(next::add);
      }
    }
    return reached;
  }

  private static boolean isAttached(XmlElement event, XmlElement activity) {
    String ref = event.attribute("attachedToRef").orElse("");
    return ref.substring(ref.indexOf(':') + 1).equals(activity.id());
  }
}
