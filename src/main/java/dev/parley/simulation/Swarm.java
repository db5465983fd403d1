package dev.parley.simulation;

import java.time.Duration;
import java.util.List;

/**
 * Which kinds of trouble a seed makes, and how much of each: percentages, most of them often 0, so
 * that no kind hides another.
 */
record Swarm(
    int conversations,
    int batch,
    int diskFull,
    int diskBroken,
    int crashBeforeCommit,
    int crashAfterCommit,
    int crashes,
    int answersLost,
    int partnerTrouble,
    int duplicates,
    int shuffled,
    int dropped,
    int extras,
    int sameKeys,
    int foreignKeys,
    int impatient,
    int keyless,
    int deployments,
    int suspensions,
    int acts,
    Duration gaps,
    int gateways,
    int pauses,
    int company) {

  static Swarm of(Chance chance) {
    return new Swarm(
        4 + chance.below(16),
        chance.percent(30) ? 1 : 1 + chance.below(16),
        some(chance, 8),
        some(chance, 2),
        some(chance, 3),
        some(chance, 3),
        chance.percent(50) ? 0 : chance.below(4),
        some(chance, 15),
        some(chance, 60),
        some(chance, 40),
        some(chance, 60),
        some(chance, 20),
        some(chance, 30),
        some(chance, 40),
        some(chance, 30),
        some(chance, 50),
        some(chance, 10),
        chance.percent(40) ? 0 : 1 + chance.below(8),
        chance.percent(50) ? 0 : 1 + chance.below(12),
        chance.percent(50) ? 0 : 1 + chance.below(20),
        chance.oneOf(List.of(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofHours(6))),
        chance.percent(50) ? 1 : 2 + chance.below(2),
        chance.percent(50) ? 0 : 1 + chance.below(4),
        some(chance, 50));
  }

  /** The same with one gateway. */
  Swarm alone() {
    return new Swarm(
        conversations,
        batch,
        diskFull,
        diskBroken,
        crashBeforeCommit,
        crashAfterCommit,
        crashes,
        answersLost,
        partnerTrouble,
        duplicates,
        shuffled,
        dropped,
        extras,
        sameKeys,
        foreignKeys,
        impatient,
        keyless,
        deployments,
        suspensions,
        acts,
        gaps,
        1,
        pauses,
        company);
  }

  private static int some(Chance chance, int most) {
    return chance.percent(50) ? 0 : 1 + chance.below(most);
  }
}
