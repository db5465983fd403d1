package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.expression.Value;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the tokens of one instance stand and what it knows. Immutable: a step returns the next one.
 *
 * @param definition number of the process version it runs
 * @param version how many steps it has made
 * @param counter the newest number given to a token, timer or uuid
 * @param items values of data items by number; absent while unset
 */
public record ProcessInstance(
    InstanceId id,
    int definition,
    int version,
    Status status,
    int counter,
    List<Token> tokens,
    List<ArmedTimer> timers,
    KeySet keys,
    List<OpenExchange> exchanges,
    Map<Integer, Value> items) {
  public ProcessInstance {
    tokens = List.copyOf(tokens);
    timers = List.copyOf(timers);
    exchanges = List.copyOf(exchanges);
    items = Map.copyOf(items);
  }

  /** Whether an instance still runs, and how it ended. */
  public enum Status {
    LIVE,
    COMPLETED,
    TERMINATED,
    FAULTED
  }

  /** A token that waits at a node. */
  public record Token(int id, int node, Waiting waiting) {}

  /** What a token waits for. */
  public sealed interface Waiting {
    /** A message, at a receive. */
    record ForMessage() implements Waiting {}

    /** Its timer, at a timer event. */
    record ForTimer() implements Waiting {}

    /** The answer to a message that a service task sent. */
    record ForAnswer(MessageId sent) implements Waiting {}

    /** The delivery of a message that was sent blocking. */
    record ForDelivery(MessageId sent) implements Waiting {}

    /** The other branches, at a parallel gateway it came to by this flow. */
    record ForBranches(int flow) implements Waiting {}
  }

  /** A timer of a token; node is the catch or boundary event it belongs to. */
  public record ArmedTimer(int id, int token, int node, Instant dueAt) {}

  /** A request that has not been answered (WS-BPEL 2.0, 10.4: open inbound message activity). */
  public record OpenExchange(MessageId request, OperationName operation, String name) {}

  /** The data items that have to be stored: the others are the body of a message received. */
  public Map<Integer, Value> ownItems() {
    var own = new TreeMap<Integer, Value>();
    items.forEach(
        (number, value) -> {
          if (value.message().isEmpty()) {
            own.put(number, value);
          }
        });
    return own;
  }

  public boolean isLive() {
    return status == Status.LIVE;
  }

  public Optional<Token> token(int tokenId) {
    return tokens.stream().filter(t -> t.id() == tokenId).findFirst();
  }

  public Optional<ArmedTimer> timer(int timerId) {
    return timers.stream().filter(t -> t.id() == timerId).findFirst();
  }

  /** Before its first step. */
  static ProcessInstance unborn(InstanceId id, int definition) {
    return new ProcessInstance(
        id, definition, 0, Status.LIVE, 0, List.of(), List.of(), KeySet.NONE, List.of(), Map.of());
  }
}
