package dev.parley.engine;

import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Listener;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where an instance can take messages and signals: tokens that wait, and listeners. */
final class Catches {
  private Catches() {}

  static List<Catch> of(Collection<Token> tokens, List<Listener> listeners) {
    var catches = new ArrayList<Catch>(tokens.size());
    for (var token : tokens) {
      if (token.waiting() instanceof Waiting.ForMessage
          || token.waiting() instanceof Waiting.ForCallback) {
        catches.add(new Catch(token.id(), token.node(), token.scope()));
      }
    }
    for (var listener : listeners) {
      int owner = listener.owner();
      var waiting = tokens.stream().filter(t -> t.id() == owner).findFirst();
      catches.add(
          new Catch(listener.id(), listener.node(), waiting.map(Token::scope).orElse(owner)));
    }
    return catches;
  }
}
