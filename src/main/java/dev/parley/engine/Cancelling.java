package dev.parley.engine;

import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.util.List;

/** What is given up, with everything that belongs to it. */
final class Cancelling {
  private Cancelling() {}

  /** A token gives up what it waits for, and the scopes that it waits for end. */
  static void cancel(Execution execution, Token token) {
    var state = execution.state();
    giveUp(execution, token);
    state.remove(token);
    for (var scope : state.scopes()) {
      if (scope.owner() == token.id() && state.hasScope(scope.id())) {
        remove(execution, scope);
      }
    }
    execution.forgetArrivals();
  }

  /** Others that work for a token need not go on. */
  static void giveUp(Execution execution, Token token) {
    var sent = Engine.awaited(token);
    if (!sent.equals(Engine.NONE)) {
      execution.emit(new Effect.Withdraw(sent));
    }
    if (token.waiting() instanceof Waiting.ForCall(var called)) {
      execution.emit(new Effect.Tell(called, new Input.Cancelled()));
    }
  }

  /** Everything in a scope is given up, but not the scope itself. */
  static void cancelContent(Execution execution, int id) {
    var state = execution.state();
    for (var token : List.copyOf(state.tokens())) {
      if (token.scope() == id && state.token(token.id()).isPresent()) {
        cancel(execution, token);
      }
    }
    for (var scope : state.scopes()) {
      if (scope.parent() == id && state.hasScope(scope.id())) {
        remove(execution, scope);
      }
    }
    state.disarm(id);
    execution.forgetArrivals(id);
    execution.forgetArrivals();
  }

  /** A scope is given up whole. */
  static void remove(Execution execution, LiveScope scope) {
    cancelContent(execution, scope.id());
    execution.state().remove(scope);
  }
}
