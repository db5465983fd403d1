package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where tokens go, in and out of sub-processes; what events trigger beside them left aside. */
final class Paths {
  private final ExecutableProcess process;

  Paths(ExecutableProcess process) {
    this.process = process;
  }

  List<Node> targets(Node node) {
    return node.branches().stream()
        .map(b -> process.node(process.flows().get(b.flow()).target()))
        .toList();
  }

  List<Node> boundary(Node node) {
    return node.boundary().stream().map(process::node).toList();
  }

  /** Whether a token leaves by all flows at once. */
  boolean forks(Node node) {
    return switch (node.element()) {
      case Element.ParallelGateway _ -> true;
      case Element.ExclusiveGateway _, Element.InclusiveGateway _, Element.EventBasedGateway _ ->
          false;
      default ->
          node.defaultFlow() < 0
              && node.branches().stream().allMatch(branch -> branch.condition() == null);
    };
  }

  /** What a sub-process begins with; empty for every other node. */
  List<Node> inside(Node node) {
    return node.element() instanceof Element.SubProcess(int scope, boolean byEvent) && !byEvent
        ? process.scope(scope).starts().stream().map(process::node).toList()
        : List.of();
  }

  /** Where the flow goes when a node is done; what follows its sub-process where it ends there. */
  List<Node> leaving(Node node) {
    if (node.element() instanceof Element.IntermediateThrowEvent(Result.Link(int target))) {
      return List.of(process.node(target));
    }
    if (!node.branches().isEmpty()) {
      return targets(node);
    }
    boolean fails = node.element() instanceof Element.EndEvent(Result.Error _);
    int holder = process.scope(node.scope()).node();
    if (fails || holder < 0 || holder == node.index()) {
      return List.of();
    }
    var around = process.node(holder);
    return around.element() instanceof Element.SubProcess sub && !sub.triggeredByEvent()
        ? leaving(around)
        : List.of();
  }

  /** What may come next. */
  List<Node> next(Node node) {
    var next = new ArrayList<>(boundary(node));
    var inside = inside(node);
    next.addAll(inside.isEmpty() ? leaving(node) : inside);
    return next;
  }

  /** All that may come from here on, up to nodes that are passed no further. */
  Set<Node> from(Stream<Node> starts, Predicate<Node> barrier) {
    var seen = new HashSet<Node>();
    var open = new ArrayDeque<>(starts.toList());
    while (!open.isEmpty()) {
      var node = open.remove();
      if (seen.add(node) && !barrier.test(node)) {
        open.addAll(next(node));
      }
    }
    return seen;
  }
}
