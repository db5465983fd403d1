package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Flow;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which receives a token may still come to: an over-approximation on the graph, computed once. */
public final class Reachability {
  private final List<BitSet> reachable;
  private final Map<MessageName, BitSet> receivers;

  private Reachability(List<BitSet> reachable, Map<MessageName, BitSet> receivers) {
    this.reachable = reachable;
    this.receivers = receivers;
  }

  public static Reachability of(List<Node> nodes, List<Flow> flows) {
    var receivers = new HashMap<MessageName, BitSet>();
    for (var node : nodes) {
      Element.receiveOf(node.element())
          .ifPresent(
              r -> receivers.computeIfAbsent(r.message(), _ -> new BitSet()).set(node.index()));
    }
    return new Reachability(
        nodes.stream().map(n -> from(n.index(), nodes, flows)).toList(), Map.copyOf(receivers));
  }

  /** Whether a token at this node, or one that comes of it, may yet wait for this message. */
  public boolean canReceive(int fromNode, MessageName message) {
    var waiting = receivers.get(message);
    return waiting != null && reachable.get(fromNode).intersects(waiting);
  }

  private static BitSet from(int start, List<Node> nodes, List<Flow> flows) {
    var seen = new BitSet(nodes.size());
    var open = new ArrayDeque<Integer>();
    open.add(start);
    while (!open.isEmpty()) {
      int index = open.remove();
      if (seen.get(index)) {
        continue;
      }
      seen.set(index);
      var node = nodes.get(index);
      node.outgoing().forEach(flow -> open.add(flows.get(flow).target()));
      open.addAll(node.boundary());
    }
    return seen;
  }
}
