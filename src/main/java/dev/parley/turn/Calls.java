package dev.parley.turn;

import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Processes that call each other do so in one turn: the called one begins, and what it gives back
 * arrives, in the commit that the caller's step is in (BPMN 2.0.2, clause 10.3.6).
 */
final class Calls {
  /** More in one turn are processes that call each other, or fail and call again, for ever. */
  private static final int MOST = 20_000;

  /** More that wait for each other are processes that call themselves for ever. */
  private static final int DEEPEST = 500;

  private record Called(Effect.Calling effect, InstanceId by) {}

  private final Journey journey;
  private final ArrayDeque<Called> pending = new ArrayDeque<>();
  private final Map<InstanceId, Integer> depths = new HashMap<>();
  private int made;

  Calls(Journey journey) {
    this.journey = journey;
  }

  void add(Effect.Calling effect, InstanceId by) {
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
    }
    return true;
  }

  private void begin(Effect.Call call, InstanceId caller) {
    if (!isAwaited(call.called(), caller)) {
      return;
    }
    if (++made > MOST) {
      tell(caller, new Input.CallEndless(call.called()));
      return;
    }
    int depth = depths.getOrDefault(caller, 0) + 1;
    depths.put(call.called(), depth);
    if (depth > DEEPEST) {
      refuse(call, caller, false, "%d processes have called each other".formatted(depth - 1));
      return;
    }
    new Starting(journey)
        .call(call, caller)
        .ifPresent(
            fault -> {
              boolean unfit = fault.kind() == FaultKind.INVALID_MESSAGE;
              refuse(call, caller, unfit, fault.reason());
            });
  }

  private void refuse(Effect.Call call, InstanceId caller, boolean unfit, String reason) {
    tell(caller, new Input.CallRefused(call.called(), unfit, reason));
  }

  /** What called it may have been given up in the same turn. */
  private boolean isAwaited(InstanceId called, InstanceId caller) {
    return live(caller).filter(i -> i.calls(called)).isPresent();
  }

  private void tell(InstanceId instance, Input input) {
    if (input instanceof Input.CallFailed(var called, var error) && !isAwaited(called, instance)) {
      journey.incident(called, error.name().toString(), error.reason());
    }
    live(instance)
        .map(journey::fireDueTimers)
        .filter(ProcessInstance::isLive)
        .ifPresent(i -> journey.step(i, input));
  }

  private Optional<ProcessInstance> live(InstanceId instance) {
    return journey
        .work()
        .instance(instance)
        .map(View.Loaded::instance)
        .filter(ProcessInstance::isLive);
  }
}
