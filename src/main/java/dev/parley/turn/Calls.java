package dev.parley.turn;

import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * Processes that call each other do so in one turn: the called one begins, and what it gives back
 * arrives, in the commit that the caller's step is in (BPMN 2.0.2, clause 10.3.6).
 */
final class Calls {
  /** More in one turn are processes that call each other for ever. */
  private static final int MOST = 1_000;

  private static final QName CALL_FAILED = new QName("urn:parley:1", "CallFailed");

  private record Called(Effect effect, InstanceId by) {}

  private final Journey journey;
  private final ArrayDeque<Called> pending = new ArrayDeque<>();
  private int made;

  Calls(Journey journey) {
    this.journey = journey;
  }

  /** The effect is a Call or a Tell. */
  void add(Effect effect, InstanceId by) {
    pending.add(new Called(effect, by));
  }

  /** Whether anything was delivered. */
  boolean deliver() {
    var next = pending.poll();
    if (next == null) {
      return false;
    }
    switch (next.effect()) {
      case Effect.Call call -> begin(call, next.by());
      case Effect.Tell(var instance, var input) -> tell(instance, input);
      default -> throw new IllegalStateException("No call: " + next.effect());
    }
    return true;
  }

  private void begin(Effect.Call call, InstanceId caller) {
    if (!isAwaited(call.called(), caller)) {
      return;
    }
    var failed =
        ++made > MOST
            ? Optional.of("More than %d processes were called in one turn".formatted(MOST))
            : new Starting(journey).call(call, caller).map(Fault::reason);
    failed.ifPresent(
        reason ->
            tell(
                caller,
                new Input.CallFailed(
                    call.called(), new Fault.Declared(CALL_FAILED, Body.EMPTY, reason))));
  }

  /** What called it may have been given up in the same turn. */
  private boolean isAwaited(InstanceId called, InstanceId caller) {
    return live(caller).filter(i -> i.calls(called)).isPresent();
  }

  private void tell(InstanceId instance, Input input) {
    live(instance).ifPresent(i -> journey.step(i, input));
  }

  private Optional<ProcessInstance> live(InstanceId instance) {
    return journey
        .work()
        .instance(instance)
        .map(View.Loaded::instance)
        .filter(ProcessInstance::isLive);
  }
}
