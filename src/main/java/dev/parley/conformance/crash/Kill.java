package dev.parley.conformance.crash;

import dev.parley.turn.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How a gateway's life ends. */
sealed interface Kill {
  /** What the report calls the kills that hit no named point. */
  String RANDOM = "random";

  int SHORTEST_MILLIS = 50;

  /** A point is reached about once in so long, in a gateway that has just been started. */
  int MILLIS_PER_TIME = 25;

  /** From outside, a while after it has begun to serve, or to start. */
  record AtRandom(Duration after, boolean whileStarting) implements Kill {}

  /** From inside, when a point has been reached a number of times. */
  record AtPoint(Checkpoint point, int times) implements Kill {
    String failPoint() {
      return name() + ":" + times;
    }
  }

  default String name() {
    return switch (this) {
      case AtRandom _ -> RANDOM;
      case AtPoint(var point, int _) -> point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  /**
   * Three of five kills at named points, each point as often as the others.
   *
   * @param life how long a gateway lives at most before a random kill, more than 50 milliseconds
   */
  static List<Kill> plan(int kills, Duration life, RandomGenerator random) {
    int millis = Math.toIntExact(life.toMillis());
    var plan = new ArrayList<Kill>();
    var points = Checkpoint.values();
    int named = 0;
    for (int i = 0; i < kills; i++) {
      if (i % 5 % 2 == 0) {
        plan.add(
            new AtPoint(
                points[named++ % points.length],
                random.nextInt(1, Math.max(2, millis / MILLIS_PER_TIME))));
      } else {
        var after = Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, millis));
        plan.add(new AtRandom(after, random.nextInt(100) < 15));
      }
    }
    return List.copyOf(plan);
  }
}
