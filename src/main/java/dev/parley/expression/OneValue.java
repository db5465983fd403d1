package dev.parley.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Nothing but a value to look into: what is found there does not depend on when, or by whom. */
record OneValue(Value context) implements Environment {
  @Override
  public @Nullable Value variable(String name) {
    return null;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public String uuid() {
    throw new EvaluationException("Expected nothing new where a value is looked up: parley:uuid()");
  }
}
