package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.QueuePolicy;
import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.engine.Step;
import dev.parley.engine.Turn;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

  Aftermath(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
  }

  /**
   * Writes a step down; returns the instance as it is after whatever messages it took from the
   * queue.
   */
  ProcessInstance apply(
      ProcessVersion version, @Nullable ProcessInstance before, Input input, Step step) {
    var after = step.instance();
    record(before, input, step);
    var opened = index(version.process(), before, after);
    for (var effect : step.effects()) {
      carryOut(version, after, effect);
    }
    if (!after.isLive()) {
      endConversation(version.process(), after);
      return after;
    }
    return takeWaiting(version.process(), after, opened);
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
    var heldBefore = before == null ? KeySet.NONE : before.keys();
    after.keys().values().keySet().stream()
        .filter(k -> !heldBefore.has(k))
        .forEach(k -> work.hold(Subscriptions.digest(process, after.keys(), k), after.id()));
    return opened;
  }

  private static <R> List<R> difference(Set<R> from, Set<R> without) {
    return from.stream().filter(r -> !without.contains(r)).toList();
  }

  private void carryOut(ProcessVersion version, ProcessInstance instance, Effect effect) {
    switch (effect) {
      case Effect.Send send ->
          work.create(Outgoings.row(version, instance.id(), send, journey.given().now()));
      case Effect.Reply(var request, var answer) -> journey.answer(request, answer);
      case Effect.Withdraw(var sent) ->
          work.outbox(sent)
              .filter(o -> o.state() == OutboxState.PENDING)
              .ifPresent(
                  o -> work.change(Journey.changed(o, OutboxState.CANCELLED, o.nextAttempt(), "")));
      case Effect.Incident(var node, var kind, var text) ->
          incident(instance.id(), node, kind, text);
    }
  }

  void incident(InstanceId instance, String node, String kind, String text) {
    var given = journey.given();
    work.raise(new IncidentRow(given.nextId(), instance, node, kind, text, given.now(), true));
  }

  /** Receives that were opened take the oldest message that waits for them, one after another. */
  private ProcessInstance takeWaiting(
      ExecutableProcess process, ProcessInstance instance, List<SubscriptionRow> opened) {
    var byToken = new LinkedHashMap<Integer, List<Slot>>();
    opened.forEach(
        s -> byToken.computeIfAbsent((int) s.token(), _ -> new ArrayList<>()).add(s.slot()));
    var current = instance;
    for (var receive : byToken.entrySet()) {
      int token = receive.getKey();
      boolean stillOpen =
          current.token(token).filter(t -> t.waiting() instanceof Waiting.ForMessage).isPresent();
      if (!stillOpen || !current.isLive()) {
        continue;
      }
      var oldest = oldestFitting(process, current, receive.getValue());
      if (oldest.isPresent()) {
        current = take(process, current, token, oldest.get());
      }
    }
    return current;
  }

  /** One that would set a key of another conversation never fits: it is collected on the way. */
  private Optional<MessageRow> oldestFitting(
      ExecutableProcess process, ProcessInstance instance, List<Slot> slots) {
    while (true) {
      var oldest =
          slots.stream()
              .flatMap(slot -> oldestFitting(process, instance, slot).stream())
              .min(Comparator.comparing(MessageRow::id));
      if (oldest.isEmpty() || !wouldShareKey(process, instance, oldest.get())) {
        return oldest;
      }
      collect(
          oldest.get(),
          Fault.of(
              FaultKind.CORRELATION_VIOLATION,
              "The message would set a key that another running instance holds",
              "Use the key of one conversation only; a set key never changes."));
    }
  }

  private boolean wouldShareKey(
      ExecutableProcess process, ProcessInstance instance, MessageRow row) {
    if (process.queue().onHeldKey() == QueuePolicy.HeldKey.ALLOW) {
      return false;
    }
    var keys = keysOf(process, row.message());
    return keys.values().keySet().stream()
        .filter(k -> !instance.keys().has(k))
        .map(k -> work.holder(Subscriptions.digest(process, keys, k)))
        .flatMap(Optional::stream)
        .filter(holder -> !holder.equals(instance.id()))
        .anyMatch(holder -> work.instance(holder).filter(i -> i.instance().isLive()).isPresent());
  }

  private Optional<MessageRow> oldestFitting(
      ExecutableProcess process, ProcessInstance instance, Slot slot) {
    int limit = process.queue().maxPerConversation();
    for (var waiting : work.waiting(slot, limit)) {
      var row = work.message(waiting.message()).orElseThrow();
      var expiry = row.expiresAt();
      boolean fresh = expiry == null || expiry.isAfter(journey.given().now());
      if (fresh && keysOf(process, row.message()).belongsTo(instance.keys())) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private ProcessInstance take(
      ExecutableProcess process, ProcessInstance instance, int token, MessageRow row) {
    dequeue(row.message());
    work.change(
        new MessageRow(
            row.message(),
            MessageState.CONSUMED,
            row.exchange(),
            instance.id(),
            row.boot(),
            row.answer(),
            null));
    var keys = keysOf(process, row.message());
    return journey.step(instance, new Input.Received(token, row.message(), keys));
  }

  /** A message leaves every queue it is in. */
  void dequeue(Message message) {
    var rows = new LinkedHashSet<WaitingRow>();
    journey.deployments().versions(message.process()).stream()
        .map(v -> slots(v.process(), message))
        .forEach(rows::addAll);
    rows.forEach(row -> work.mark(row, false));
  }

  /** The queues a message belongs in. */
  private static List<WaitingRow> slots(ExecutableProcess process, Message message) {
    var rows = new ArrayList<WaitingRow>();
    var name = new ExecutableProcess.MessageName(message.operation(), message.kind());
    for (var digest : Subscriptions.digests(process, keysOf(process, message))) {
      rows.add(new WaitingRow(Subscriptions.slot(name, digest), message.id()));
    }
    return rows;
  }

  /** Messages that waited for an instance that has ended are collected, and their senders told. */
  private void endConversation(ExecutableProcess process, ProcessInstance instance) {
    for (var key : Subscriptions.keys(process, instance.keys())) {
      Digest digest = key.digest();
      for (var waiting : List.copyOf(work.waitingUnder(digest))) {
        work.message(waiting.message())
            .filter(row -> row.state() == MessageState.WAITING)
            .ifPresent(
                row ->
                    collect(
                        row,
                        Fault.of(
                            FaultKind.TOO_LATE,
                            "The conversation %s ended before it took the message".formatted(key),
                            "Do not send it again.")));
      }
    }
  }

  /**
   * The garbage collector's one way to remove a queued message: with a reason, told to whoever
   * waits.
   */
  void collect(MessageRow row, Fault reason) {
    dequeue(row.message());
    var answer = new Answer.Faulted(reason);
    boolean somebodyWaits = row.exchange() == ExchangeState.OPEN;
    work.change(
        new MessageRow(
            row.message(),
            MessageState.COLLECTED,
            somebodyWaits ? ExchangeState.ANSWERED : row.exchange(),
            null,
            row.boot(),
            answer,
            null));
    if (somebodyWaits) {
      journey.answers().put(row.id(), answer);
    }
  }

  static KeySet keysOf(ExecutableProcess process, Message message) {
    return process
        .extraction(message.operation(), message.kind())
        .map(e -> KeySet.of(e.extract(message.body())))
        .orElse(KeySet.NONE);
  }
}
