package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.expression.Value;
import dev.parley.message.EndpointReference;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens of one instance stand and what it knows. Immutable: a step returns the next one.
 *
 * @param definition number of the process version it runs
 * @param version how many steps it has made
 * @param counter the newest number given to a scope, token, timer, listener or uuid
 * @param scopes the process's own first; each stands after the one around it
 * @param caller whose call activity waits for this instance; null when none does
 * @param suspension null while it runs
 */
public record ProcessInstance(
    InstanceId id,
    int definition,
    int version,
    Status status,
    int counter,
    List<Scope> scopes,
    List<Token> tokens,
    List<ArmedTimer> timers,
    List<Listener> listeners,
    List<OpenExchange> exchanges,
    List<OpenRequest> requests,
    @Nullable InstanceId caller,
    @Nullable Suspension suspension) {

  /** Number of the process's own scope. */
  public static final int ROOT = 0;

  private static final int ITEM_BITS = 20;

  public ProcessInstance {
    scopes = List.copyOf(scopes);
    tokens = List.copyOf(tokens);
    timers = List.copyOf(timers);
    listeners = List.copyOf(listeners);
    exchanges = List.copyOf(exchanges);
    requests = List.copyOf(requests);
  }

  /** Whether an instance still runs, and how it ended. */
  public enum Status {
    LIVE,
    COMPLETED,
    TERMINATED,
    FAULTED
  }

  /**
   * Data and correlation keys of the process, a sub-process, or one round of a loop.
   *
   * @param definition number of its definition
   * @param parent the scope around it; -1 for the process
   * @param owner the token that waits for its end; 0 for the process and for event sub-processes
   * @param round counts the rounds of a loop from 1; 0 for what is no round
   * @param items values of data items by number; absent while unset
   * @param partners where participants are, by their id
   */
  public record Scope(
      int id,
      int definition,
      int parent,
      int owner,
      int round,
      State state,
      KeySet keys,
      Map<Integer, Value> items,
      Map<String, PartnerLink> partners) {
    public Scope {
      items = Map.copyOf(items);
      partners = Map.copyOf(partners);
    }

    /** Whether tokens move in it. */
    public enum State {
      ACTIVE,
      /** Only event sub-processes still move: one interrupted it, or its own work is done. */
      INTERRUPTED,
      /** A round that has ended, kept for what it leaves. */
      ENDED
    }
  }

  /**
   * Where a participant is (WS-BPEL 2.0, section 6.2).
   *
   * @param chosen the process has said it; it goes before what the participant says itself
   */
  public record PartnerLink(EndpointReference endpoint, boolean chosen) {}

  /** A token that waits at a node. */
  public record Token(int id, int scope, int node, Waiting waiting) {}

  /** What a token waits for. */
  public sealed interface Waiting {
    /** A message, at a receive. */
    record ForMessage() implements Waiting {}

    /** What is armed for it: one event, or one of several at an event-based gateway. */
    record ForEvents() implements Waiting {}

    /** The answer to a message that a service task sent. */
    record ForAnswer(MessageId sent) implements Waiting {}

    /** A message that answers what a service task sent. */
    record ForCallback(MessageId sent) implements Waiting {}

    /** The delivery of a message that was sent blocking. */
    record ForDelivery(MessageId sent) implements Waiting {}

    /** The other branches, at a gateway it came to by this flow. */
    record ForBranches(int flow) implements Waiting {}

    /**
     * Somebody who completes a user task.
     *
     * @param data its data inputs, as they were when it began
     */
    record ForCompletion(Instant since, SortedMap<String, Value> data) implements Waiting {
      public ForCompletion {
        data = Collections.unmodifiableSortedMap(data);
      }
    }

    /** The end of a called process. */
    record ForCall(InstanceId called) implements Waiting {}

    /** What a sub-process holds. */
    record ForScope() implements Waiting {}

    /**
     * The rounds of a loop.
     *
     * @param total how many there will be; -1 where nobody knows
     */
    record ForRounds(int total, int begun, int ended) implements Waiting {}
  }

  /**
   * A timer.
   *
   * @param owner the token that it belongs to, or the scope whose event sub-process it starts
   * @param node the event that it belongs to
   * @param left how often it will be due again; -1: for ever
   */
  public record ArmedTimer(int id, int owner, int node, Instant dueAt, int left) {}

  /**
   * A message, signal or condition that is waited for besides what a token waits for itself.
   *
   * @param owner the token that it belongs to, or the scope whose event sub-process it starts
   * @param node the event, or the receive task after an event-based gateway
   * @param held whether the condition held when it was looked at last
   */
  public record Listener(int id, int owner, int node, boolean held) {}

  /** A place where a message or signal can be taken: a token's or a listener's number. */
  public record Catch(int id, int node, int scope) {}

  /**
   * A request that has not been answered (WS-BPEL 2.0, 10.4: open inbound message activity).
   *
   * @param scope that ends it, if nothing else does
   * @param acceptAfter number of the node at which it closes by itself; -1: nowhere
   */
  public record OpenExchange(
      MessageId request, OperationName operation, ExchangeName name, int scope, int acceptAfter) {}

  /**
   * A message that was sent, and whose response a node takes that may not wait yet.
   *
   * @param scope whose nodes, and those in it, may take the response
   * @param outcome null while there is none
   */
  public record OpenRequest(
      MessageId sent,
      OperationName operation,
      ExchangeName name,
      int scope,
      Input.@Nullable Outcome outcome) {}

  /** An operator has suspended the instance; held is what came meanwhile, oldest first. */
  public record Suspension(List<Input> held) {
    public Suspension {
      held = List.copyOf(held);
    }
  }

  /** Where messages and signals can be taken. */
  public List<Catch> catches() {
    return Catches.of(tokens, listeners);
  }

  /** One of them; empty when nothing waits there any more. */
  public Optional<Catch> catchOf(int id) {
    return catches().stream().filter(c -> c.id() == id).findFirst();
  }

  /** The keys that are set in a scope or around it. */
  public KeySet keys(int scope) {
    var at = scope(scope);
    return at.parent() < 0 ? at.keys() : at.keys().and(keys(at.parent()));
  }

  /** The keys of the process's own scope. */
  public KeySet keys() {
    return scopes.getFirst().keys();
  }

  private Scope scope(int scopeId) {
    for (var scope : scopes) {
      if (scope.id() == scopeId) {
        return scope;
      }
    }
    throw new IllegalArgumentException("Instance %s has no scope %d".formatted(id, scopeId));
  }

  /** Every data item that is set, by scope and number: see {@link #cell}. */
  public Map<Long, Value> items() {
    var all = new TreeMap<Long, Value>();
    for (var scope : scopes) {
      scope.items().forEach((item, value) -> all.put(cell(scope.id(), item), value));
    }
    return all;
  }

  /** What a data item of one scope is stored by. */
  static long cell(int scope, int item) {
    return (long) scope << ITEM_BITS | item;
  }

  static int scopeOf(long cell) {
    return (int) (cell >> ITEM_BITS);
  }

  static int itemOf(long cell) {
    return (int) (cell & ((1L << ITEM_BITS) - 1));
  }

  /** The data items that have to be stored: the others are the body of a message received. */
  public Map<Long, Value> ownItems() {
    var own = items();
    own.values().removeIf(value -> value.message().isPresent());
    return own;
  }

  /** Whether a token waits for the end of a called process. */
  public boolean calls(InstanceId called) {
    return tokens.stream().anyMatch(t -> t.waiting().equals(new Waiting.ForCall(called)));
  }

  public boolean isLive() {
    return status == Status.LIVE;
  }

  public boolean isSuspended() {
    return suspension != null;
  }

  public Optional<Token> token(int tokenId) {
    return tokens.stream().filter(t -> t.id() == tokenId).findFirst();
  }

  public Optional<ArmedTimer> timer(int timerId) {
    return timers.stream().filter(t -> t.id() == timerId).findFirst();
  }
}
