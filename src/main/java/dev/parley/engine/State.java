package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Listener;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.OpenRequest;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Suspension;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.message.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instance as it changes during a step. */
final class State {
  private final Map<Integer, LiveScope> scopes = new LinkedHashMap<>();
  private final Map<Integer, Token> tokens = new LinkedHashMap<>();
  private final List<ArmedTimer> timers;
  private final List<Listener> listeners;
  private final List<OpenExchange> exchanges;
  private final List<OpenRequest> requests;
  private @Nullable InstanceId caller;
  private @Nullable Suspension suspension;
  private int counter;

  State(ProcessInstance before) {
    before.scopes().forEach(s -> scopes.put(s.id(), new LiveScope(s)));
    before.tokens().forEach(t -> tokens.put(t.id(), t));
    this.timers = new ArrayList<>(before.timers());
    this.listeners = new ArrayList<>(before.listeners());
    this.exchanges = new ArrayList<>(before.exchanges());
    this.requests = new ArrayList<>(before.requests());
    this.caller = before.caller();
    this.suspension = before.suspension();
    this.counter = before.counter();
  }

  Optional<InstanceId> caller() {
    return Optional.ofNullable(caller);
  }

  /** Null: nobody waits for the instance any more. */
  void caller(@Nullable InstanceId next) {
    caller = next;
  }

  /** Null: it goes on. */
  void suspension(@Nullable Suspension next) {
    suspension = next;
  }

  int nextNumber() {
    return ++counter;
  }

  LiveScope scope(int id) {
    return Objects.requireNonNull(scopes.get(id));
  }

  boolean hasScope(int id) {
    return scopes.containsKey(id);
  }

  /** In the order in which they were opened. */
  List<LiveScope> scopes() {
    return List.copyOf(scopes.values());
  }

  void put(LiveScope scope) {
    scopes.put(scope.id(), scope);
  }

  /** Whether a place is that of an activity's own round: a token that leaves it ends the round. */
  boolean isRound(Place place) {
    var loop = place.node().loop();
    return loop != null && loop.scope() == scope(place.scope()).definition();
  }

  Optional<Token> token(int id) {
    return Optional.ofNullable(tokens.get(id));
  }

  Collection<Token> tokens() {
    return tokens.values();
  }

  void put(Token token) {
    tokens.put(token.id(), token);
  }

  /** A token is gone, with what was armed for it. */
  void remove(Token token) {
    tokens.remove(token.id());
    disarm(token.id());
  }

  /** Nothing of a token or scope is waited for any more. */
  void disarm(int owner) {
    timers.removeIf(t -> t.owner() == owner);
    listeners.removeIf(l -> l.owner() == owner);
  }

  /** A scope is gone, with what starts its event sub-processes. */
  void remove(LiveScope scope) {
    scopes.remove(scope.id());
    disarm(scope.id());
  }

  List<ArmedTimer> timers() {
    return timers;
  }

  List<Listener> listeners() {
    return listeners;
  }

  List<OpenExchange> exchanges() {
    return exchanges;
  }

  /** Where messages and signals can be taken now. */
  List<Catch> catches() {
    return Catches.of(tokens.values(), listeners);
  }

  List<OpenRequest> requests() {
    return requests;
  }

  /** Whether a scope is another one, or around it. */
  boolean isAround(int scope, int inner) {
    int at = inner;
    while (at != scope && at >= 0) {
      at = scope(at).parent();
    }
    return at == scope;
  }

  /** The keys that are set in a scope or around it. */
  KeySet keys(int scope) {
    var at = scope(scope);
    return at.isRoot() ? at.keys() : at.keys().and(keys(at.parent()));
  }

  void clear() {
    scopes.values().removeIf(s -> !s.isRoot());
    tokens.clear();
    timers.clear();
    listeners.clear();
    requests.clear();
  }

  ProcessInstance toInstance(ProcessInstance before, Status status) {
    return new ProcessInstance(
        before.id(),
        before.definition(),
        before.version() + 1,
        status,
        counter,
        scopes.values().stream().map(LiveScope::toScope).toList(),
        List.copyOf(tokens.values()),
        timers,
        listeners,
        exchanges,
        requests,
        caller,
        suspension);
  }
}
