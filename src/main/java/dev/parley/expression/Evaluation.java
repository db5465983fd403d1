package dev.parley.expression;

/** One evaluation on its thread. */
record Evaluation(Environment environment, Scope scope) {
  static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

  static Evaluation current() {
    return CURRENT.get();
  }
}
