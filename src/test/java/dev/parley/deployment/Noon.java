package dev.parley.deployment;

import dev.parley.expression.Environment;
import dev.parley.expression.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An environment in which no data is set. */
final class Noon implements Environment {
  @Override
  public @Nullable Value context() {
    return null;
  }

  @Override
  public @Nullable Value variable(String name) {
    return null;
  }

  @Override
  public Instant now() {
    return Instant.parse("2030-01-01T12:00:00Z");
  }

  @Override
  public String uuid() {
    return "00000000-0000-8000-8000-000000000000";
  }
}
