package dev.parley.conformance.run;

import dev.parley.conformance.language.Behaviour;
import dev.parley.conformance.language.Behaviour.Deed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A partner's behaviours in turn. */
final class Script {
  /** Of a partner that a case says nothing of. */
  static final Script NONE =
      new Script(
          List.of(
              new Behaviour(Optional.empty(), new Deed.Accept(), Duration.ZERO, Optional.empty())));

  private final List<Behaviour> behaviours;
  private int current;
  private int done;

  Script(List<Behaviour> behaviours) {
    this.behaviours = behaviours;
  }

  /** For this call. */
  synchronized Behaviour next() {
    var behaviour = behaviours.get(current);
    done++;
    boolean last = current == behaviours.size() - 1;
    int most = behaviour.times().orElse(last ? Integer.MAX_VALUE : 1);
    if (done >= most && !last) {
      current++;
      done = 0;
    }
    return behaviour;
  }

  /** Whether nobody listens to the call that is about to be made; it is counted. */
  synchronized boolean refuses() {
    boolean refuses = behaviours.get(current).deed() instanceof Deed.Refuse;
    if (refuses) {
      next();
    }
    return refuses;
  }
}
