package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Loop;
import dev.parley.deployment.Result;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.TreeMap;

/**
 * Whether an instance may yet take a message. Every token goes every way that the model's graph
 * shows, whatever the data says, and none is ever used up: more than can happen, so that a no is a
 * proof. Only keys that are set, events that are not armed, scopes that are interrupted, and
 * parallel joins that a flow can never reach are known not to let it through.
 */
public final class Prospects {
  private final ExecutableProcess process;
  private final MessageName message;
  private final BitSet entered = new BitSet();
  private final BitSet left = new BitSet();
  private final BitSet taken = new BitSet();
  private final ArrayDeque<Node> leaving = new ArrayDeque<>();
  private boolean found;

  private Prospects(ExecutableProcess process, MessageName message) {
    this.process = process;
    this.message = message;
  }

  /**
   * Whether a receive for a message is enabled, or can be without an operator's action. What ends a
   * scope goes on with the token that waits for it, so each scope is looked at by itself, with the
   * keys that are set there.
   *
   * @param keys of the message: where one has another value than a scope's, nothing in that scope
   *     takes it, for a set key never changes; one that is computed from data may
   */
  public static boolean mayTake(
      ExecutableProcess process, ProcessInstance instance, MessageName message, KeySet keys) {
    var fixed = fixed(process, keys);
    return instance.isLive()
        && instance.scopes().stream()
            .filter(s -> s.state() != Scope.State.ENDED)
            .filter(s -> fixed.contradiction(instance.keys(s.id())) < 0)
            .anyMatch(s -> new Prospects(process, message).mayTakeIn(instance, s));
  }

  /** Without those that are computed from data, whose values change. */
  private static KeySet fixed(ExecutableProcess process, KeySet keys) {
    var computed = process.computedKeys();
    if (computed.isEmpty()) {
      return keys;
    }
    var fixed = new TreeMap<>(keys.values());
    computed.forEach(key -> fixed.remove(key.index()));
    return KeySet.of(fixed);
  }

  private boolean mayTakeIn(ProcessInstance instance, Scope scope) {
    if (scope.state() == Scope.State.ACTIVE) {
      process.scope(scope.definition()).eventStarts().stream()
          .map(process::node)
          .filter(Prospects::isThrown)
          .forEach(this::enter);
      enterArmed(instance, scope.id());
    }
    for (var token : instance.tokens()) {
      if (token.scope() == scope.id()) {
        begin(instance, token, scope);
      }
    }
    while (!found && !leaving.isEmpty()) {
      goOn(leaving.remove());
    }
    return found;
  }

  /** Nothing is armed for these events: they happen when something else throws. */
  private static boolean isThrown(Node event) {
    return event.element().trigger() instanceof Trigger.Error
        || event.element().trigger() instanceof Trigger.Escalation;
  }

  /** Nothing is armed again for the same owner. */
  private void enterArmed(ProcessInstance instance, int owner) {
    instance.timers().stream()
        .filter(t -> t.owner() == owner)
        .forEach(t -> enter(process.node(t.node())));
    instance.listeners().stream()
        .filter(l -> l.owner() == owner)
        .forEach(l -> enter(process.node(l.node())));
  }

  private void begin(ProcessInstance instance, Token token, Scope scope) {
    var node = process.node(token.node());
    enterArmed(instance, token.id());
    boolean isRound = node.loop() != null && node.loop().scope() == scope.definition();
    if (!isRound) {
      node.boundary().stream().map(process::node).filter(Prospects::isThrown).forEach(this::enter);
    }
    switch (token.waiting()) {
      case Waiting.ForMessage _, Waiting.ForCallback _ -> find(node);
      case Waiting.ForRounds rounds when mayBeginMore(node, rounds) -> enterInside(node);
      default -> {}
    }
    switch (token.waiting()) {
      case Waiting.ForEvents _ -> {}
      case Waiting.ForBranches(int flow) -> arrive(node, flow);
      // A round ends with its activity; the token that waits for the rounds goes on.
      default -> {
        if (!isRound) {
          leave(node);
        }
      }
    }
  }

  private static boolean mayBeginMore(Node node, Waiting.ForRounds rounds) {
    return switch (node.loop()) {
      case Loop.Standard loop -> loop.maximum() == Loop.NONE || rounds.begun() < loop.maximum();
      case Loop.MultiInstance _ -> rounds.begun() < rounds.total();
      case null -> true;
    };
  }

  private void arrive(Node node, int flow) {
    if (node.element() instanceof Element.ParallelGateway && node.incoming().size() > 1) {
      taken.set(flow);
      if (node.incoming().stream().allMatch(taken::get)) {
        leave(node);
      }
    } else {
      enter(node);
    }
  }

  private void enter(Node node) {
    if (!entered.get(node.index())) {
      entered.set(node.index());
      node.boundary().stream().map(process::node).forEach(this::enter);
      enterInside(node);
      leave(node);
    }
  }

  private void enterInside(Node node) {
    find(node);
    if (node.element() instanceof Element.SubProcess(int scope, boolean _)) {
      process.scope(scope).starts().forEach(s -> enter(process.node(s)));
      process.scope(scope).eventStarts().forEach(s -> enter(process.node(s)));
    }
  }

  private void find(Node node) {
    found |=
        node.element()
            .receive()
            .filter(r -> !r.isResponse() && r.message().equals(message))
            .isPresent();
  }

  private void leave(Node node) {
    if (!left.get(node.index())) {
      left.set(node.index());
      leaving.add(node);
    }
  }

  private void goOn(Node node) {
    for (var branch : node.branches()) {
      arrive(process.node(process.flows().get(branch.flow()).target()), branch.flow());
    }
    if (node.element() instanceof Element.IntermediateThrowEvent(Result.Link(int target))) {
      enter(process.node(target));
    }
  }
}
