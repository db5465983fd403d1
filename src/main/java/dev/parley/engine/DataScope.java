package dev.parley.engine;

import dev.parley.expression.Environment;
import dev.parley.expression.Value;
import dev.parley.message.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an expression of an instance sees: its data items by name, and what came in. */
final class DataScope implements Environment {
  private final Execution execution;
  private final int scope;
  private final @Nullable Value context;
  private final Map<String, Value> given;

  DataScope(Execution execution, int scope, @Nullable Value context) {
    this(execution, scope, context, Map.of());
  }

  /** The same, for an activity that was given data by name. */
  DataScope(Execution execution, int scope, @Nullable Value context, Map<String, Value> given) {
    this.execution = execution;
    this.scope = scope;
    this.context = context;
    this.given = given;
  }

  @Override
  public @Nullable Value context() {
    return context;
  }

  @Override
  public @Nullable Value variable(String name) {
    var own = given.get(name);
    return own == null ? execution.data().variable(scope, name) : own;
  }

  @Override
  public Instant now() {
    return execution.moment().now();
  }

  /**
   * Derived from instance, turn and a counter, so that a replay gives the same (RFC 9562, version
   * 8).
   */
  @Override
  public String uuid() {
    var before = execution.before();
    var digest =
        Digest.of(
            before.id().toString(),
            Integer.toString(before.version()),
            Integer.toString(execution.state().nextNumber()));
    long high = (digest.high() & ~0xF000L) | 0x8000L;
    long low = (digest.low() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
