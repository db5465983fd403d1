package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Invoke;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Reply;
import dev.parley.message.MessageExchangePattern.Second;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** About exchanges of two messages: asking, and being asked. */
final class ReplyAdvice {
  /** Longer waits are for two tasks. */
  private static final Duration LONG = Duration.ofHours(1);

  private final ExecutableProcess process;
  private final Paths paths;
  private final Findings findings;

  ReplyAdvice(ExecutableProcess process, Paths paths, Findings findings) {
    this.process = process;
    this.paths = paths;
    this.findings = findings;
  }

  void give() {
    for (var node : process.nodes()) {
      node.element()
          .receive()
          .filter(ReplyAdvice::wantsReply)
          .filter(r -> staysSilent(node, r))
          .ifPresent(r -> reply(node, r));
      if (node.element() instanceof Element.ServiceTask(var invoke)) {
        sendAndReceive(node, invoke);
      }
    }
  }

  private void reply(Node node, Receive taken) {
    findings.advice(
        node,
        AdviceRule.REPLY,
        "Expected a reply to '%s' on every path, but found one that ends without; its caller gets the fault MissingReply."
            .formatted(taken.operation().name().operation()),
        "Reply on that path too, or end it with an error that the operation declares.");
  }

  private static boolean wantsReply(Receive taken) {
    var pattern = taken.operation().pattern();
    return !taken.isResponse() && pattern.second() == Second.REQUIRED;
  }

  /** Where only a parallel branch replies nothing is known. */
  private boolean staysSilent(Node node, Receive taken) {
    var here = paths.from(Stream.of(node), _ -> false);
    boolean anywhere = process.nodes().stream().anyMatch(n -> replies(n, taken));
    return here.stream().anyMatch(n -> replies(n, taken)) == anywhere
        && isDoneSilently(node, silent(here, taken));
  }

  /** The nodes from which an end can be reached without a reply. */
  private Set<Node> silent(Collection<Node> nodes, Receive taken) {
    var silent = new HashSet<Node>();
    boolean grows = true;
    while (grows) {
      var before = Set.copyOf(silent);
      nodes.stream()
          .filter(n -> !replies(n, taken))
          .filter(n -> isInterruptedSilently(n, before) || isDoneSilently(n, before))
          .forEach(silent::add);
      grows = silent.size() > before.size();
    }
    return silent;
  }

  /** Beside an event that does not interrupt the activity goes on. */
  private boolean isInterruptedSilently(Node node, Set<Node> silent) {
    return paths.boundary(node).stream()
        .filter(b -> b.element() instanceof Element.BoundaryEvent event && event.cancelActivity())
        .anyMatch(silent::contains);
  }

  private boolean isDoneSilently(Node node, Set<Node> silent) {
    var inside = paths.inside(node);
    var next = inside.isEmpty() ? paths.leaving(node) : inside;
    if (next.isEmpty()) {
      return !(node.element() instanceof Element.EndEvent(Result.Error _));
    }
    boolean all = !inside.isEmpty() || paths.forks(node);
    return all ? silent.containsAll(next) : next.stream().anyMatch(silent::contains);
  }

  private static boolean replies(Node node, Receive taken) {
    return interaction(node)
        .filter(
            i ->
                i instanceof Reply reply
                    && reply.operation().name().equals(taken.operation().name())
                    && reply.exchange().means(taken.exchange()))
        .isPresent();
  }

  private static Optional<Interaction> interaction(Node node) {
    return switch (node.element()) {
      case Element.SendTask(var interaction) -> Optional.of(interaction);
      case Element.IntermediateThrowEvent(Result.Message(var interaction)) ->
          Optional.of(interaction);
      case Element.EndEvent(Result.Message(var interaction)) -> Optional.of(interaction);
      default -> Optional.empty();
    };
  }

  private void sendAndReceive(Node node, Invoke invoke) {
    var asked = invoke.answerWithin();
    var deadline = invoke.delivery().deadline();
    var wait = asked == null || asked.compareTo(deadline) > 0 ? deadline : asked;
    boolean timed =
        paths.boundary(node).stream().anyMatch(b -> b.element().trigger() instanceof Trigger.Timer);
    if (wait.compareTo(LONG) > 0 && !timed) {
      findings.advice(
          node,
          AdviceRule.SEND_AND_RECEIVE,
          "Expected a service task whose answer comes soon, but '%s' may wait for it %s."
              .formatted(node.id(), wait),
          "Let the partner answer with a one-way message: a send task, then a receive task with a"
              + " timer event on its boundary.");
    }
  }
}
