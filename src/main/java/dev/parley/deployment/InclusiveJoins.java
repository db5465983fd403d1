package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Flow;
import dev.parley.deployment.ExecutableProcess.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which tokens may come to an inclusive gateway: computed once. */
public final class InclusiveJoins {
  private final Map<Integer, BitSet> leading;

  private InclusiveJoins(Map<Integer, BitSet> leading) {
    this.leading = leading;
  }

  public static InclusiveJoins of(List<Node> nodes, List<Flow> flows) {
    return new InclusiveJoins(
        leading(nodes, flows, nodes.stream().map(n -> within(n, flows)).toList()));
  }

  /** For each flow into an inclusive gateway: the nodes that lead to it, not by the gateway. */
  private static Map<Integer, BitSet> leading(
      List<Node> nodes, List<Flow> flows, List<List<Integer>> edges) {
    var leading = new HashMap<Integer, BitSet>();
    for (var gateway : nodes) {
      if (gateway.element() instanceof Element.InclusiveGateway) {
        for (int flow : gateway.incoming()) {
          var to = new BitSet();
          int source = flows.get(flow).source();
          nodes.stream()
              .filter(n -> from(n.index(), edges, gateway.index()).get(source))
              .forEach(n -> to.set(n.index()));
          leading.put(flow, to);
        }
      }
    }
    return Map.copyOf(leading);
  }

  /** Whether a token at a node may come by a flow into an inclusive gateway, its first time. */
  public boolean leadsTo(int fromNode, int flow) {
    var to = leading.get(flow);
    return to != null && to.get(fromNode);
  }

  /** Where a token goes from a node in the same process or sub-process. */
  private static List<Integer> within(Node node, List<Flow> flows) {
    var next = new ArrayList<Integer>(node.boundary());
    node.branches().forEach(b -> next.add(flows.get(b.flow()).target()));
    if (node.element() instanceof Element.IntermediateThrowEvent(Result.Link(int target))) {
      next.add(target);
    }
    return next;
  }

  private static BitSet from(int start, List<List<Integer>> edges, int without) {
    var seen = new BitSet(edges.size());
    var open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      int index = open.remove();
      if (index != without && !seen.get(index)) {
        seen.set(index);
        open.addAll(edges.get(index));
      }
    }
    return seen;
  }
}
