package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.Optional;
import java.util.stream.Stream;

/** About instances that no message can find. */
final class KeyAdvice {
  private final ExecutableProcess process;
  private final Paths paths;
  private final Findings findings;

  KeyAdvice(ExecutableProcess process, Paths paths, Findings findings) {
    this.process = process;
    this.paths = paths;
    this.findings = findings;
  }

  void give() {
    process.nodes().stream().filter(KeyAdvice::begins).forEach(this::start);
  }

  private static boolean begins(Node node) {
    return node.element().instantiates()
        || (node.scope() == 0 && node.element() instanceof Element.StartEvent);
  }

  private void start(Node start) {
    if (setsKey(start) || !process.computedKeys().isEmpty()) {
      return;
    }
    paths.from(Stream.of(start), this::setsKey).stream()
        .filter(this::looksForKey)
        .min((one, other) -> Integer.compare(one.index(), other.index()))
        .ifPresent(
            receive ->
                findings.advice(
                    start,
                    AdviceRule.START_KEY,
                    "Expected a correlation key to be set before '%s' waits for a message, but nothing on the way from '%s' sets one."
                        .formatted(receive.id(), start.id()),
                    "Give the starting message the key's properties, or send a message that has"
                        + " them first."));
  }

  /** A key of a loop's round is set by the first message of that round. */
  private boolean looksForKey(Node node) {
    return node.element()
        .receive()
        .filter(r -> !node.element().instantiates() && !r.isResponse())
        .flatMap(r -> process.extraction(r.operation().name(), r.kind()))
        .filter(e -> e.keys().stream().allMatch(k -> process.keys().get(k.key()).scope() == 0))
        .isPresent();
  }

  private boolean setsKey(Node node) {
    if (node.element().instantiates()) {
      return node.element().receive().map(Receive::operation).stream()
          .anyMatch(o -> hasKey(o.name()));
    }
    return sent(node).map(i -> i.operation().name()).filter(this::hasKey).isPresent();
  }

  private boolean hasKey(OperationName operation) {
    return Stream.of(MessageKind.values())
        .anyMatch(
            kind ->
                process.extraction(operation, kind).filter(e -> !e.keys().isEmpty()).isPresent());
  }

  private static Optional<Interaction> sent(Node node) {
    return switch (node.element()) {
      case Element.SendTask(var interaction) -> Optional.of(interaction);
      case Element.ServiceTask(var invoke) -> Optional.of(invoke);
      case Element.IntermediateThrowEvent(Result.Message(var interaction)) ->
          Optional.of(interaction);
      default -> Optional.empty();
    };
  }
}
