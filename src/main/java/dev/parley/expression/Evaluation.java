package dev.parley.expression;

import java.time.Duration;

/** One evaluation on its thread. */
final class Evaluation {
  static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

  private static final int STEPS_PER_LOOK = 8;

  private final Environment environment;
  private final Scope scope;
  private final Duration limit;
  private final long start = System.nanoTime();
  private int steps;

  Evaluation(Environment environment, Scope scope, Duration limit) {
    this.environment = environment;
    this.scope = scope;
    this.limit = limit;
  }

  static Evaluation current() {
    return CURRENT.get();
  }

  Environment environment() {
    return environment;
  }

  Scope scope() {
    return scope;
  }

  /** Called in everything that repeats; ends an evaluation that takes too long. */
  static void step() {
    // Nothing is bound while the compiler evaluates constants.
    if (CURRENT.isBound()) {
      CURRENT.get().countStep();
    }
  }

  /** Unchecked, because a query could catch the language's own errors and go on. */
  private void countStep() {
    if (++steps % STEPS_PER_LOOK == 0 && System.nanoTime() - start > limit.toNanos()) {
      throw new EvaluationException(
          "The evaluation took longer than %d ms".formatted(limit.toMillis()));
    }
  }
}
