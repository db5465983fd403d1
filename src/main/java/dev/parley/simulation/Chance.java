package dev.parley.simulation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The only source of chance: a seed and what follows from it. */
final class Chance {
  private final RandomGenerator random;

  Chance(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long next() {
    return random.nextLong();
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** From nothing up to a bound, mostly small: the cube of an even chance. */
  Duration upTo(Duration most) {
    double even = random.nextDouble();
    return Duration.ofMillis((long) (even * even * even * most.toMillis()));
  }

  void shuffle(List<?> list) {
    Collections.shuffle(list, random);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
