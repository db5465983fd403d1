package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.QueuePolicy;
import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.Step;
import dev.parley.engine.Turn;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.SubscriptionRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a step: rows that change with the instance, its effects, and queued messages
 * that now fit.
 */
final class Aftermath {
  private final Journey journey;
  private final UnitOfWork work;
  private final Queue queue;
  private final Successors successors;
  private final Forsaken forsaken;

  Aftermath(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
    this.queue = new Queue(journey);
    this.successors = new Successors(journey, queue);
    this.forsaken = new Forsaken(journey, queue);
  }

  private static List<Integer> active(ProcessInstance instance) {
    return instance.scopes().stream()
        .filter(s -> s.state() != Scope.State.ENDED)
        .map(Scope::id)
        .toList();
  }

  /**
   * Writes a step down; returns the instance as it is after whatever messages it took from the
   * queue.
   */
  ProcessInstance apply(
      ProcessVersion version, @Nullable ProcessInstance before, Input input, Step step) {
    var opened = new LinkedHashSet<SubscriptionRow>();
    var current = write(version, before, input, step, opened);
    if (before != null && input instanceof Input.Resumed) {
      current = catchUp(version, before, current, opened);
    }
    return takeWaiting(version, before, current, opened);
  }

  /** The same without a step, for all the receives that are open. */
  void takeWaiting(ProcessVersion version, ProcessInstance instance) {
    var opened = new LinkedHashSet<>(Subscriptions.of(version.process(), instance));
    takeWaiting(version, instance, instance, opened);
  }

  private ProcessInstance takeWaiting(
      ProcessVersion version,
      @Nullable ProcessInstance before,
      ProcessInstance after,
      Set<SubscriptionRow> opened) {
    var current = after;
    while (current.isLive()) {
      var waiting = queue.take(version.process(), current, opened);
      if (waiting.isEmpty()) {
        endScopes(version.process(), before, current);
        queue.collectUnreachable(version.process(), current);
        return current;
      }
      var next = journey.move(version, current, waiting.get());
      current = write(version, current, waiting.get(), next, opened);
    }
    queue.endConversation(version.process(), current, current.keys());
    if (version.sends()) {
      forsaken.endAnswers(current);
    }
    endScopes(version.process(), before, current);
    return current;
  }

  /** What came while the instance was suspended, and timers that are due: before any message. */
  private ProcessInstance catchUp(
      ProcessVersion version,
      ProcessInstance suspended,
      ProcessInstance resumed,
      Set<SubscriptionRow> opened) {
    var current = resumed;
    for (var held : Objects.requireNonNull(suspended.suspension()).held()) {
      current = write(version, current, held, journey.move(version, current, held), opened);
    }
    int newest = resumed.counter();
    var due = journey.due(current, newest);
    while (due.isPresent()) {
      var timer = due.get();
      current = write(version, current, timer, journey.move(version, current, timer), opened);
      due = journey.due(current, newest);
    }
    return current;
  }

  /** Conversations of scopes that were there before and have ended. */
  private void endScopes(
      ExecutableProcess process, @Nullable ProcessInstance before, ProcessInstance after) {
    if (before != null && before.scopes().size() > 1) {
      var left = active(after);
      before.scopes().stream()
          .filter(s -> s.state() != Scope.State.ENDED && !left.contains(s.id()))
          .forEach(s -> queue.endConversation(process, after, s.keys()));
    }
  }

  /** Adds the receives that the step opened. */
  private ProcessInstance write(
      ProcessVersion version,
      @Nullable ProcessInstance before,
      Input input,
      Step step,
      Set<SubscriptionRow> opened) {
    var after = step.instance();
    record(before, input, step);
    opened.addAll(index(version.process(), before, after));
    if (version.sends()) {
      var waited = Subscriptions.answerable(version.process(), before);
      opened.addAll(difference(Subscriptions.answerable(version.process(), after), waited));
    }
    holdKeys(version.process(), before, after, input);
    for (var effect : step.effects()) {
      carryOut(version, before, after, effect);
    }
    return after;
  }

  private void record(@Nullable ProcessInstance before, Input input, Step step) {
    var given = journey.given();
    var after = step.instance();
    long previous =
        before == null ? 0 : work.instance(after.id()).map(View.Loaded::history).orElse(0L);
    long id = given.nextId();
    var turn = TurnCodec.encode(Turn.of(input, step, given.now()));
    work.record(new HistoryRow(id, after.id(), previous, given.now(), turn));
    if (before == null) {
      work.create(after, id);
    } else {
      work.change(after, id);
    }
  }

  /** Rows that follow from the instance change with it; returns the receives that were opened. */
  private List<SubscriptionRow> index(
      ExecutableProcess process, @Nullable ProcessInstance before, ProcessInstance after) {
    var open = Subscriptions.of(process, before);
    var next = Subscriptions.of(process, after);
    difference(open, next).forEach(s -> work.mark(s, false));
    var opened = difference(next, open);
    opened.forEach(s -> work.mark(s, true));
    var armed = Subscriptions.timers(before);
    var stillArmed = Subscriptions.timers(after);
    difference(armed, stillArmed).forEach(t -> work.mark(t, false));
    difference(stillArmed, armed).forEach(t -> work.mark(t, true));
    return opened;
  }

  /** Keys that the instance has now, and those that it leaves to others. */
  private void holdKeys(
      ExecutableProcess process,
      @Nullable ProcessInstance before,
      ProcessInstance after,
      Input input) {
    var had = Subscriptions.held(process, before);
    var has = Subscriptions.held(process, after);
    for (var key : difference(has, had)) {
      // Whether somebody else has a key that came with a message was looked at before it was taken.
      var other =
          isJudged(process, key, input)
              ? Optional.<ProcessInstance>empty()
              : Keeping.keeper(journey, key);
      if (other.isEmpty() || process.queue().onHeldKey() == QueuePolicy.HeldKey.ALLOW) {
        work.hold(key, after.id());
      } else {
        incident(after.id(), "", FaultKind.CORRELATION_VIOLATION.wireName(), shared(other.get()));
      }
    }
    var left = new LinkedHashSet<>(had);
    left.addAll(has);
    left.removeIf(key -> Keeping.holds(process, after, key));
    for (var key : left) {
      successors.free(key);
      if (after.isLive() && isComputed(process, before, key)) {
        forsaken.forsake(process, key);
      }
    }
  }

  private static boolean isJudged(ExecutableProcess process, Digest key, Input input) {
    return switch (input) {
      case Input.Started(var _, var _, var keys) ->
          Subscriptions.digests(process, keys).contains(key);
      case Input.Received(var _, var _, var keys) ->
          Subscriptions.digests(process, keys).contains(key);
      default -> false;
    };
  }

  private static boolean isComputed(
      ExecutableProcess process, @Nullable ProcessInstance before, Digest key) {
    return before != null
        && process.computedKeys().stream()
            .map(ExecutableProcess.Key::index)
            .filter(before.keys()::has)
            .anyMatch(k -> Subscriptions.digest(process, before.keys(), k).equals(key));
  }

  private static String shared(ProcessInstance holder) {
    return "Expected its correlation keys to be its own, but the running instance %s holds one of them"
        .formatted(holder.id());
  }

  private static <R> List<R> difference(Set<R> from, Set<R> without) {
    return from.stream().filter(r -> !without.contains(r)).toList();
  }

  private void carryOut(
      ProcessVersion version,
      @Nullable ProcessInstance before,
      ProcessInstance instance,
      Effect effect) {
    switch (effect) {
      case Effect.Send send ->
          journey.send(
              Outgoings.row(
                  version, instance.id(), send, journey.deployments(), journey.given().now()));
      case Effect.Signal signal ->
          journey.signals().add(signal, instance.id(), before == null ? 0 : before.counter());
      case Effect.Calling calling -> journey.calls().add(calling, instance.id());
      case Effect.Reply(var request, var answer) -> journey.answer(request, answer);
      case Effect.Withdraw(var sent) ->
          work.outbox(sent)
              .filter(o -> o.state() == OutboxState.PENDING)
              .ifPresent(
                  o -> work.change(Hearing.changed(o, OutboxState.CANCELLED, o.nextAttempt(), "")));
      case Effect.Incident(var node, var kind, var text) ->
          incident(instance.id(), node, kind, text);
    }
  }

  Successors successors() {
    return successors;
  }

  Queue queue() {
    return queue;
  }

  void incident(InstanceId instance, String node, String kind, String text) {
    var given = journey.given();
    work.raise(new IncidentRow(given.nextId(), instance, node, kind, text, given.now(), true));
  }
}
