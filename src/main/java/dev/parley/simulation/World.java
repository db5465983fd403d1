package dev.parley.simulation;

import java.time.Duration;

/** What everybody in a simulation shares. */
record World(Agenda agenda, Chance chance, Swarm swarm, Trace trace, Tables tables) {

  /** Faults happen until then; after it everything works, so that whatever can end does. */
  static final Duration TROUBLE = Duration.ofDays(2);

  boolean trouble(int percent) {
    return agenda.instant().isBefore(Agenda.BEGIN.plus(TROUBLE)) && chance.percent(percent);
  }
}
