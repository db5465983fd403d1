package dev.parley.turn;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.HeldKey;
import dev.parley.deployment.Trigger;
import dev.parley.message.Exchange;
import dev.parley.message.Message;
import dev.parley.message.OperationName;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Set<String> sharedKeys = new HashSet<>();
  private @Nullable Integer noneStart;
  private boolean sends;

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
    process.nodes().stream().flatMap(n -> n.element().sending().stream()).forEach(this::lookAtKeys);
  }

  private void look(Node node) {
    node.element().receive().ifPresent(r -> policies.putIfAbsent(r.message(), r.policy()));
    node.element().startMessage().ifPresent(m -> starts.putIfAbsent(m, node.index()));
    sends |= Outgoings.sends(node);
    if (node.element() instanceof Element.StartEvent start
        && start.instantiates()
        && start.trigger() instanceof Trigger.None) {
      noneStart = node.index();
    }
  }

  /** A key that an instance sets by what it sends may be held by another: nobody refuses that. */
  private void lookAtKeys(Interaction sending) {
    process
        .messages()
        .forEach(
            (message, extraction) -> {
              boolean isTaken =
                  sending instanceof Interaction.Reply
                      && message.kind() == sending.operation().pattern().first();
              if (message.operation().equals(sending.operation().name()) && !isTaken) {
                extraction.keys().stream()
                    .map(k -> process.keys().get(k.key()).name())
                    .forEach(sharedKeys::add);
              }
            });
  }

  /** Whether no two running instances may have the same value for a key. */
  boolean keepsApart(String key) {
    return !sharedKeys.contains(key)
        && process.computedKeys().stream().noneMatch(k -> k.name().equals(key))
        && process.queue().onHeldKey() != HeldKey.ALLOW
        && policies.values().stream().noneMatch(p -> p.onHeldKey() == HeldKey.ALLOW);
  }

  /** Whether a message was sent to the endpoint reference of one instance: it starts no other. */
  boolean isToAnInstance(Message message) {
    return message.headers().keys().containsKey(ExecutableProcess.Key.CONVERSATION)
        && process.conversation().isPresent();
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

  /** The messages that its nodes take. */
  Set<MessageName> taken() {
    return policies.keySet();
  }

  /** Whether a node of it sends what a message may answer. */
  boolean sends() {
    return sends;
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
