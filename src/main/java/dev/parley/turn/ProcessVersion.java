package dev.parley.turn;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.Trigger;
import dev.parley.message.Exchange;
import dev.parley.message.OperationName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A process as it was deployed, with what every message asks of it looked up beforehand. */
public final class ProcessVersion {
  private final int definition;
  private final int version;
  private final ExecutableProcess process;
  private final Map<MessageName, Integer> starts = new HashMap<>();
  private final Map<MessageName, QueuePolicy> policies = new HashMap<>();
  private @Nullable Integer noneStart;

  /**
   * A version.
   *
   * @param definition its number in the store
   * @param version counts the deployments of its key from 1
   */
  public ProcessVersion(int definition, int version, ExecutableProcess process) {
    this.definition = definition;
    this.version = version;
    this.process = process;
    process.nodes().forEach(this::look);
  }

  private void look(Node node) {
    node.element().receive().ifPresent(r -> policies.putIfAbsent(r.message(), r.policy()));
    node.element().startMessage().ifPresent(m -> starts.putIfAbsent(m, node.index()));
    if (node.element() instanceof Element.StartEvent start
        && start.instantiates()
        && start.trigger() instanceof Trigger.None) {
      noneStart = node.index();
    }
  }

  public int definition() {
    return definition;
  }

  public int version() {
    return version;
  }

  public ExecutableProcess process() {
    return process;
  }

  /** The node that a message starts an instance at. */
  OptionalInt startFor(MessageName message) {
    var node = starts.get(message);
    return node == null ? OptionalInt.empty() : OptionalInt.of(node);
  }

  /** The none start event, if the process has one. */
  public Optional<Integer> noneStart() {
    return Optional.ofNullable(noneStart);
  }

  /** The messages that its nodes take. */
  Set<MessageName> received() {
    return policies.keySet();
  }

  /** Whether a node of it takes this message. */
  boolean receives(MessageName message) {
    return policies.containsKey(message);
  }

  QueuePolicy policy(MessageName message) {
    return policies.getOrDefault(message, process.queue());
  }

  /** Whether an exchange of this operation may not end without a second message. */
  boolean mustAnswer(OperationName name) {
    var operation = process.operations().get(name);
    return operation != null && Exchange.begun(operation.pattern()).mustAnswer();
  }

  /** Whether the sender of this message is owed a second one, or may get a fault. */
  boolean isAnswered(MessageName message) {
    var operation = process.operations().get(message.operation());
    return operation != null && Exchange.begun(operation.pattern()).isOpen();
  }
}
