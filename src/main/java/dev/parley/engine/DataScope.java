package dev.parley.engine;

import dev.parley.expression.Environment;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** What an expression of an instance sees: its data items by name, and what came in. */
final class DataScope implements Environment {
  private final Execution execution;
  private final int scope;
  private final @Nullable Value context;
  private final Map<String, Value> given;

  private final List<Body> blocks;

  DataScope(Execution execution, int scope, @Nullable Value context) {
    this(execution, scope, context, Map.of());
  }

  /** The same, for an activity that was given data by name. */
  DataScope(Execution execution, int scope, @Nullable Value context, Map<String, Value> given) {
    this(execution, scope, context, given, List.of());
  }

  private DataScope(
      Execution execution,
      int scope,
      @Nullable Value context,
      Map<String, Value> given,
      List<Body> blocks) {
    this.execution = execution;
    this.scope = scope;
    this.context = context;
    this.given = given;
    this.blocks = blocks;
  }

  /** The same, where these SOAP header blocks came in. */
  DataScope with(List<Body> more) {
    return new DataScope(execution, scope, context, given, more);
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

  @Override
  public Value headers(String name) {
    var wanted = QName.valueOf(name);
    return Value.join(
        blocks.stream()
            .map(Value::xml)
            .filter(block -> block.element().filter(wanted::equals).isPresent())
            .toList());
  }

  @Override
  public Value ownEndpoint(String port) {
    return Conversing.ownEndpoint(execution.process(), execution.before().id(), port);
  }
}
