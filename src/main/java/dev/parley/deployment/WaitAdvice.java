package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Receive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** About waiting: without end, in two places at once, or for what has come already. */
final class WaitAdvice {
  private final ExecutableProcess process;
  private final Paths paths;
  private final Findings findings;

  WaitAdvice(ExecutableProcess process, Paths paths, Findings findings) {
    this.process = process;
    this.paths = paths;
    this.findings = findings;
  }

  void give() {
    for (var node : process.nodes()) {
      if (waits(node) && !isBounded(node)) {
        timeOut(node);
      }
      if (paths.forks(node) && node.branches().size() > 1) {
        parallelReceives(node);
      }
      if (node.element() instanceof Element.StartEvent start && start.isInterrupting()) {
        start.receive().filter(_ -> !start.instantiates()).ifPresent(r -> mayBeEarly(node, r));
      }
    }
  }

  private void timeOut(Node node) {
    findings.advice(
        node,
        AdviceRule.TIME_OUT,
        "Expected a wait that ends some day, but no timer ends the one at '%s'."
            .formatted(node.id()),
        node.element() instanceof Element.EventBasedGateway
            ? "Let a timer catch event follow the gateway."
            : "Add a timer event to its boundary, or to that of a sub-process around it.");
  }

  private boolean waits(Node node) {
    return switch (node.element()) {
      case Element.ReceiveTask task -> !task.instantiates() && !followsGateway(node);
      case Element.IntermediateCatchEvent event ->
          event.receive().isPresent() && !event.instantiates() && !followsGateway(node);
      case Element.EventBasedGateway _ ->
          paths.targets(node).stream().noneMatch(n -> n.element().instantiates());
      case Element.UserTask _, Element.CallActivity _ -> true;
      default -> false;
    };
  }

  private boolean followsGateway(Node node) {
    return node.incoming().stream()
        .map(f -> process.node(process.flows().get(f).source()))
        .anyMatch(n -> n.element() instanceof Element.EventBasedGateway);
  }

  private boolean isBounded(Node node) {
    var around = new ArrayList<>(paths.boundary(node));
    if (node.element() instanceof Element.EventBasedGateway) {
      around.addAll(paths.targets(node));
    }
    for (int at = node.scope(); at >= 0; at = process.scope(at).parent()) {
      process.scope(at).eventStarts().forEach(s -> around.add(process.node(s)));
      if (process.scope(at).node() >= 0) {
        around.addAll(paths.boundary(process.node(process.scope(at).node())));
      }
    }
    return around.stream().anyMatch(n -> n.element().trigger() instanceof Trigger.Timer);
  }

  private void parallelReceives(Node fork) {
    var branches =
        paths.targets(fork).stream().map(t -> paths.from(Stream.of(t), _ -> false)).toList();
    var told = new HashSet<Node>();
    for (var one : branches) {
      for (var other : branches) {
        if (one != other) {
          only(one, other).stream()
              .filter(n -> told.isEmpty() && only(other, one).stream().anyMatch(m -> same(n, m)))
              .forEach(
                  n -> {
                    told.add(n);
                    conflict(n, fork);
                  });
        }
      }
    }
  }

  private static List<Node> only(Set<Node> one, Set<Node> other) {
    return one.stream()
        .filter(n -> !other.contains(n) && n.element().receive().isPresent())
        .toList();
  }

  private static boolean same(Node one, Node other) {
    return one.element()
        .receive()
        .map(Receive::message)
        .equals(other.element().receive().map(Receive::message));
  }

  private void conflict(Node node, Node fork) {
    findings.advice(
        node,
        AdviceRule.PARALLEL_RECEIVES,
        "Expected parallel branches to wait for different messages, but another branch after '%s' waits for that of '%s' too."
            .formatted(fork.id(), node.id()),
        "Receive it before the fork, or give each branch an operation of its own.");
  }

  private void mayBeEarly(Node start, Receive taken) {
    boolean inProcess = process.scope(process.scope(start.scope()).parent()).node() < 0;
    var choice = inProcess ? taken.policy().onUnknown() : taken.policy().onEarly();
    if (choice == QueuePolicy.Choice.QUEUE) {
      findings.advice(
          start,
          AdviceRule.EARLY_INTERRUPT,
          "Expected a message that interrupts to come while there is something to interrupt, but one that comes before the %s begins is kept, and interrupts it at once."
              .formatted(inProcess ? "process" : "sub-process"),
          "Set parley:%s=\"reject\" unless that is wanted."
              .formatted(inProcess ? "onUnknown" : "onEarly"));
    }
  }
}
