package dev.parley.simulation;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Choice;
import dev.parley.message.CollectionReason;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When all is quiet, every message is accounted for. An inbound one waits, or was consumed by X,
 * refused with fault F, discarded by policy, or collected because R. An outbound one is pending,
 * delivered, failed because R, or cancelled. Nothing else, nothing silent.
 */
final class Accounting {
  private static final Set<String> REFUSALS =
      Set.of(FaultKind.CONFLICTING_REQUEST.wireName(), FaultKind.CORRELATION_VIOLATION.wireName());
  private static final Set<String> FAILURES =
      Set.of(FaultKind.DELIVERY_FAILED.wireName(), FaultKind.DELIVERY_TIMEOUT.wireName());

  private final Tables tables;
  private final StoreRules rules;
  private final Set<MessageId> handled;

  /**
   * The accounts of a run.
   *
   * @param handled messages that an operator may have dealt with
   */
  Accounting(Tables tables, StoreRules rules, Set<MessageId> handled) {
    this.tables = tables;
    this.rules = rules;
    this.handled = handled;
  }

  void check() {
    var dead = new HashSet<MessageId>();
    for (var row : tables.messages.values()) {
      switch (row.state()) {
        case WAITING -> checkWaits(row);
        case CONSUMED -> checkConsumed(row);
        case DISCARDED -> checkDiscarded(row);
        case REFUSED -> dead.add(dead(row.message(), Direction.INBOUND, REFUSALS));
        case COLLECTED -> checkCollected(row, dead);
      }
    }
    for (var row : tables.outbox.values()) {
      switch (row.state()) {
        case PENDING -> throw unaccounted(row.id(), "It is pending, and nothing is under way");
        case FAILED -> dead.add(dead(row.message(), Direction.OUTBOUND, FAILURES));
        case DELIVERED, CANCELLED -> checkSettled(row);
      }
    }
    tables.deadLetters.keySet().stream()
        .filter(id -> !dead.contains(id))
        .forEach(
            id -> {
              throw unaccounted(id, "It is no dead letter, but is kept as " + letter(id));
            });
  }

  /** It waits for a running instance that it belongs to and that can take such a message. */
  private void checkWaits(MessageRow row) {
    if (row.instance() != null || row.expiresAt() != null) {
      throw unaccounted(row.id(), "It waits, but was taken, or its time is over: " + row);
    }
    boolean hasReason =
        tables.instances.values().stream()
            .filter(i -> i.status() == InstanceStatus.LIVE)
            .map(rules::decode)
            .anyMatch(
                i -> {
                  var process = rules.process(i);
                  return process.key().equals(row.message().process())
                      && StoreRules.fits(StoreRules.keysIn(process, row.message()), i)
                      && process.nodes().stream().anyMatch(n -> takes(n, row.message()));
                });
    if (!hasReason) {
      throw unaccounted(row.id(), "It waits for nobody");
    }
  }

  private static boolean takes(Node node, Message message) {
    return node.element()
        .receive()
        .filter(r -> r.message().operation().equals(message.operation()))
        .isPresent();
  }

  private void checkConsumed(MessageRow row) {
    var instance = row.instance();
    if (instance == null || !tables.instances.containsKey(instance)) {
      throw unaccounted(row.id(), "It was consumed by nobody");
    }
  }

  /** Some version says that such a message is dropped. */
  private void checkDiscarded(MessageRow row) {
    boolean said =
        tables.deployed().versions(row.message().process()).stream()
            .flatMap(v -> policies(v.process().nodes().stream(), row.message()))
            .anyMatch(
                p ->
                    Stream.of(p.onEarly(), p.onUnknown(), p.onLate())
                        .anyMatch(Choice.DISCARD::equals));
    boolean removed = handled.contains(row.id());
    if (!(said || removed) || row.instance() != null) {
      throw unaccounted(row.id(), "It was dropped, but no policy says so");
    }
  }

  private static Stream<QueuePolicy> policies(Stream<Node> nodes, Message message) {
    return nodes
        .map(n -> n.element().receive())
        .flatMap(Optional::stream)
        .filter(r -> r.message().operation().equals(message.operation()))
        .map(r -> r.policy());
  }

  private void checkCollected(MessageRow row, Set<MessageId> dead) {
    var reasons =
        Arrays.stream(CollectionReason.values())
            .map(CollectionReason::wireName)
            .collect(Collectors.toSet());
    dead.add(dead(row.message(), Direction.INBOUND, reasons));
    if (row.instance() != null) {
      throw unaccounted(row.id(), "It was collected, and taken by " + row.instance());
    }
    boolean open = tables.deadLetters.containsKey(row.id());
    if (open
        && letter(row.id()).reason().equals(CollectionReason.CONVERSATION_ENDED.wireName())
        && !hasEnded(row.message())) {
      throw unaccounted(row.id(), "Its conversation never ended");
    }
  }

  private boolean hasEnded(Message message) {
    var digests =
        StoreRules.rows(tables.deployed(), message).stream()
            .map(w -> w.slot().key())
            .collect(Collectors.toSet());
    return tables.instances.values().stream()
        .filter(i -> i.status() != InstanceStatus.LIVE)
        .map(rules::decode)
        .map(i -> StoreRules.digests(rules.process(i), i.keys().values()).values())
        .anyMatch(held -> held.stream().anyMatch(digests::contains));
  }

  private static void checkSettled(OutboxRow row) {
    if (row.attempts() == 0 && row.state() == OutboxState.DELIVERED) {
      throw unaccounted(row.id(), "It was delivered without an attempt");
    }
  }

  /** It has a dead letter that says why, and is described there. */
  private MessageId dead(Message message, Direction direction, Set<String> reasons) {
    var letter = tables.deadLetters.get(message.id());
    if (letter == null && handled.contains(message.id())) {
      return message.id();
    }
    if (letter == null) {
      throw unaccounted(message.id(), "It came to nobody, and has no dead letter");
    }
    boolean right =
        letter.direction() == direction
            && letter.process().equals(message.process())
            && letter.operation().equals(message.operation())
            && reasons.contains(letter.reason())
            && !letter.text().isBlank();
    if (!right) {
      throw unaccounted(message.id(), "Its dead letter is " + letter);
    }
    return message.id();
  }

  private DeadLetterRow letter(MessageId id) {
    return Objects.requireNonNull(tables.deadLetters.get(id));
  }

  private static Violation unaccounted(MessageId id, String why) {
    return new Violation("accounted for", id, why);
  }
}
