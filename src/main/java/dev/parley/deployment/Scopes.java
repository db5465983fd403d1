package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.SubProcess;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.deployment.ExecutableProcess.ScopeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The scopes of a process by number: it itself, rounds of loops, contents of sub-processes. */
final class Scopes {
  private record Numbered(int parent, String node, String container) {}

  private final List<Numbered> scopes = new ArrayList<>();
  private final Map<String, Integer> contents = new HashMap<>();
  private final Map<String, Integer> rounds = new HashMap<>();
  private final Map<String, Integer> placeOfFlow = new HashMap<>();
  private final Map<String, Integer> placeOfNode = new HashMap<>();

  Scopes(ProcessDefinition process) {
    contents.put(process.id(), add(-1, "", process.id()));
    process.nodes().forEach(this::visit);
    process.flows().forEach(f -> placeOfFlow.put(f.id(), around(f.source())));
  }

  /** A sub-process stands before what it holds. */
  private void visit(FlowNode node) {
    int around = contentOf(node.common().container());
    placeOfNode.put(node.id(), around);
    if (node.common().loop() != null) {
      around = add(around, node.id(), "");
      rounds.put(node.id(), around);
    }
    if (node instanceof SubProcess) {
      contents.put(node.id(), add(around, node.id(), node.id()));
    }
  }

  private int add(int parent, String node, String container) {
    scopes.add(new Numbered(parent, node, container));
    return scopes.size() - 1;
  }

  /** The scope that a node stands in. */
  int around(String node) {
    return placeOfNode.getOrDefault(node, 0);
  }

  /** The scope of what a process or sub-process holds. */
  int contentOf(String container) {
    return Objects.requireNonNull(contents.get(container), container);
  }

  /** The scope of one round of a looping activity. */
  int roundOf(String node) {
    return Objects.requireNonNull(rounds.get(node), node);
  }

  /** The innermost scope whose data an element's expressions see: a node's or a flow's. */
  int seenFrom(String element) {
    var round = rounds.get(element);
    if (round != null) {
      return round;
    }
    var flow = placeOfFlow.get(element);
    return flow == null ? around(element) : flow;
  }

  /** Whether a scope is one round of a loop. */
  boolean isRound(int scope) {
    return scopes.get(scope).container().isEmpty();
  }

  /** A scope and those around it, from the inside out. */
  List<Integer> chain(int scope) {
    var chain = new ArrayList<Integer>();
    for (int at = scope; at >= 0; at = scopes.get(at).parent()) {
      chain.add(at);
    }
    return chain;
  }

  List<ScopeDefinition> definitions(Graph graph, DataItems items) {
    var definitions = new ArrayList<ScopeDefinition>();
    for (var scope : scopes) {
      int index = definitions.size();
      boolean round = isRound(index);
      definitions.add(
          new ScopeDefinition(
              index,
              scope.parent(),
              scope.node().isEmpty() ? -1 : graph.node(scope.node()),
              round ? List.of() : graph.starts(scope.container()),
              round ? List.of() : graph.eventStarts(scope.container()),
              items.variablesOf(index)));
    }
    return definitions;
  }
}
