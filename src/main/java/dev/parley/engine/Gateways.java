package dev.parley.engine;

import dev.parley.deployment.ExecutableProcess.Branch;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where tokens split and join (BPMN 2.0.2, clauses 13.3.2 and 13.4.1 to 13.4.3). */
final class Gateways {
  private Gateways() {}

  /**
   * The first branch whose condition holds, else the default flow, else an error; where no flow
   * leads on the token ends (clause 10.5.3).
   */
  static void choose(Execution execution, Place place) {
    if (place.node().branches().isEmpty()) {
      return;
    }
    for (var branch : place.node().branches()) {
      if (branch.flow() != place.node().defaultFlow()
          && execution.holds(branch.condition(), place.scope())) {
        execution.take(place, branch.flow());
        return;
      }
    }
    takeDefault(execution, place);
  }

  /**
   * Every flow without condition and each one whose condition holds; the default flow where no
   * condition does.
   */
  static void leave(Execution execution, Place place) {
    boolean conditional = false;
    var taken = new ArrayList<Branch>();
    boolean chosen = false;
    for (var branch : place.node().branches()) {
      boolean byDefault = branch.flow() == place.node().defaultFlow();
      conditional |= branch.condition() != null || byDefault;
      if (!byDefault && execution.holds(branch.condition(), place.scope())) {
        taken.add(branch);
        chosen |= branch.condition() != null;
      }
    }
    taken.forEach(branch -> execution.take(place, branch.flow()));
    if (conditional && !chosen && (taken.isEmpty() || place.node().defaultFlow() >= 0)) {
      takeDefault(execution, place);
    }
  }

  private static void takeDefault(Execution execution, Place place) {
    if (place.node().defaultFlow() < 0) {
      throw new BpmnError(
          BpmnError.NO_FLOW,
          "No condition of '%s' holds and it has no default flow".formatted(place.id()));
    }
    execution.take(place, place.node().defaultFlow());
  }

  /**
   * Waits until a token has come by each incoming flow, then takes one of each and goes out by
   * every flow.
   */
  static void synchronize(Execution execution, Place place, int flow) {
    if (place.node().incoming().size() <= 1) {
      execution.leave(place);
      return;
    }
    var others = waiting(execution, place);
    if (others.containsKey(flow) || others.size() + 1 < place.node().incoming().size()) {
      execution.await(place, () -> new Waiting.ForBranches(flow));
      return;
    }
    others.values().forEach(execution.state()::remove);
    execution.leave(place);
  }

  /** A token comes to an inclusive gateway: it waits for those that may still come. */
  static void join(Execution execution, Place place, int flow) {
    if (place.node().incoming().size() <= 1) {
      execution.leave(place);
    } else {
      execution.await(place, () -> new Waiting.ForBranches(flow));
    }
  }

  /** The first token by each flow that waits at a gateway. */
  static Map<Integer, Token> waiting(Execution execution, Place place) {
    var waiting = new LinkedHashMap<Integer, Token>();
    for (var token : execution.state().tokens()) {
      if (token.scope() == place.scope()
          && token.node() == place.node().index()
          && token.waiting() instanceof Waiting.ForBranches(int by)) {
        waiting.putIfAbsent(by, token);
      }
    }
    return waiting;
  }

  /**
   * Whether an inclusive gateway need not wait: every other token that could still come by a flow
   * that none has come by could as well come by one that some has (clause 13.4.3).
   */
  static boolean isComplete(Execution execution, Place place, Map<Integer, Token> waiting) {
    var empty = place.node().incoming().stream().filter(f -> !waiting.containsKey(f)).toList();
    return execution.state().tokens().stream()
        .filter(t -> t.scope() == place.scope() && t.node() != place.node().index())
        .allMatch(
            t ->
                !leads(execution, t.node(), empty)
                    || leads(execution, t.node(), List.copyOf(waiting.keySet())));
  }

  private static boolean leads(Execution execution, int node, List<Integer> flows) {
    var inclusiveJoins = execution.process().inclusiveJoins();
    return flows.stream().anyMatch(f -> inclusiveJoins.leadsTo(node, f));
  }
}
