package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Flow;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.ExecutableProcess.ScopeDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a token may still come to: an over-approximation on the graph, computed once. */
public final class Reachability {
  private final List<BitSet> reachable;
  private final List<BitSet> after;
  private final Map<MessageName, BitSet> receivers;
  private final Map<Integer, BitSet> leading;

  private Reachability(
      List<BitSet> reachable,
      List<BitSet> after,
      Map<MessageName, BitSet> receivers,
      Map<Integer, BitSet> leading) {
    this.reachable = reachable;
    this.after = after;
    this.receivers = receivers;
    this.leading = leading;
  }

  public static Reachability of(List<Node> nodes, List<Flow> flows, List<ScopeDefinition> scopes) {
    var receivers = new HashMap<MessageName, BitSet>();
    for (var node : nodes) {
      node.element()
          .receive()
          .ifPresent(
              r -> receivers.computeIfAbsent(r.message(), _ -> new BitSet()).set(node.index()));
    }
    var edges = edges(nodes, flows, scopes);
    return new Reachability(
        nodes.stream().map(n -> from(List.of(n.index()), edges, -1)).toList(),
        nodes.stream().map(n -> from(leaving(n, nodes, flows, scopes), edges, -1)).toList(),
        Map.copyOf(receivers),
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
              .filter(n -> from(List.of(n.index()), edges, gateway.index()).get(source))
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

  /** Whether a token at this node, or one that comes of it, may yet wait for this message. */
  public boolean canReceive(int fromNode, MessageName message) {
    var waiting = receivers.get(message);
    return waiting != null && reachable.get(fromNode).intersects(waiting);
  }

  /**
   * The same for a token that waits for the end of a sub-process: what that one holds has tokens of
   * its own.
   */
  public boolean canReceiveAfter(int subProcess, MessageName message) {
    var waiting = receivers.get(message);
    return waiting != null && after.get(subProcess).intersects(waiting);
  }

  /**
   * From each node to where a token may be next. What a sub-process holds may trigger its event
   * sub-processes, and leads to what comes after it.
   */
  private static List<List<Integer>> edges(
      List<Node> nodes, List<Flow> flows, List<ScopeDefinition> scopes) {
    var edges = new ArrayList<List<Integer>>();
    for (var node : nodes) {
      var next = leaving(node, nodes, flows, scopes);
      if (node.element() instanceof Element.SubProcess sub) {
        next.addAll(scopes.get(sub.scope()).starts());
      }
      edges.add(next);
    }
    return edges;
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

  /** Where a token goes from a node, or what goes on around it. */
  private static List<Integer> leaving(
      Node node, List<Node> nodes, List<Flow> flows, List<ScopeDefinition> scopes) {
    var next = after(node, flows);
    if (node.element() instanceof Element.IntermediateThrowEvent(Result.Link(int target))) {
      next.add(target);
    }
    for (int at = node.scope(); at >= 0; at = scopes.get(at).parent()) {
      next.addAll(scopes.get(at).eventStarts());
      if (scopes.get(at).node() >= 0) {
        next.addAll(after(nodes.get(scopes.get(at).node()), flows));
      }
    }
    return next;
  }

  /** Where a token may be when an activity has ended; done again where it loops. */
  private static List<Integer> after(Node activity, List<Flow> flows) {
    var next = new ArrayList<Integer>(activity.boundary());
    activity.branches().forEach(b -> next.add(flows.get(b.flow()).target()));
    if (activity.loop() != null) {
      next.add(activity.index());
    }
    return next;
  }

  private static BitSet from(List<Integer> starts, List<List<Integer>> edges, int without) {
    var seen = new BitSet(edges.size());
    var open = new ArrayDeque<>(starts);
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
