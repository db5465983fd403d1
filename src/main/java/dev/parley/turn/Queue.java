package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.QueuePolicy;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Prospects;
import dev.parley.message.Answer;
import dev.parley.message.CollectionReason;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages that wait: taken by a receive that opens, or collected for one recorded reason. */
final class Queue {
  /** Messages of one queue that are looked at first; where none of them fits, more are. */
  private static final int FEW = 100;

  private final Journey journey;
  private final UnitOfWork work;
  private final Takers takers;

  Queue(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
    this.takers = new Takers(journey);
  }

  /** A waiting message and the token whose receive it is for. */
  private record Fit(int token, MessageRow row) {}

  /** The oldest message that waits for one of these receives leaves the queue. */
  Optional<Input.Received> take(
      ExecutableProcess process, ProcessInstance instance, Collection<SubscriptionRow> opened) {
    opened.removeIf(s -> !isOpen(instance, s));
    var fits = new ArrayList<Fit>();
    for (var subscription : opened) {
      fitting(process, instance, subscription).ifPresent(fits::add);
    }
    return fits.stream()
        .min(Comparator.comparing(f -> f.row().id()))
        .map(
            fit -> {
              var message = fit.row().message();
              consume(fit.row(), instance.id());
              return new Input.Received(fit.token(), message, Subscriptions.keys(process, message));
            });
  }

  /** An instance takes a message that waits. */
  void consume(MessageRow row, InstanceId instance) {
    dequeue(row);
    work.change(with(row, MessageState.CONSUMED, instance, row.answer()));
  }

  private static boolean isOpen(ProcessInstance instance, SubscriptionRow subscription) {
    return instance.catchOf((int) subscription.token()).isPresent();
  }

  private Optional<Fit> fitting(
      ExecutableProcess process, ProcessInstance instance, SubscriptionRow subscription) {
    var seen = new MessageId(0);
    for (int limit = FEW; ; limit *= FEW) {
      var waiting = work.waiting(subscription.slot(), limit);
      for (var next : waiting) {
        var row = work.message(next.message()).orElseThrow();
        int token = (int) subscription.token();
        if (next.message().compareTo(seen) > 0
            && isFresh(row)
            && fits(process, instance, token, row.message())
            && !isHopeless(process, instance, token, row)) {
          return Optional.of(new Fit(token, row));
        }
      }
      if (waiting.size() < limit) {
        return Optional.empty();
      }
      seen = waiting.getLast().message();
    }
  }

  private boolean fits(
      ExecutableProcess process, ProcessInstance instance, int token, Message message) {
    var sent = Relating.sent(work, message);
    var keys = Subscriptions.keys(process, message);
    return instance
        .catchOf(token)
        .filter(c -> Relating.fits(process, instance, c, keys, sent))
        .isPresent();
  }

  boolean isFresh(MessageRow row) {
    var expiry = row.expiresAt();
    return row.state() == MessageState.WAITING
        && (expiry == null || expiry.isAfter(journey.given().now()));
  }

  /** Collects a message that no receive may take: what it says would break a rule. */
  private boolean isHopeless(
      ExecutableProcess process, ProcessInstance instance, int token, MessageRow row) {
    if (isHopeless(row)) {
      return true;
    }
    if (Subscriptions.conflicts(process, instance, token)) {
      refuse(row, QueueFaults.conflictingRequest(row.message()));
      return true;
    }
    if (wouldShareKey(process, instance, row.message())) {
      refuse(row, QueueFaults.sharedKey());
      return true;
    }
    return false;
  }

  /** Collects a message whose sender has gone. */
  boolean isHopeless(MessageRow row) {
    boolean gone = isCallerGone(row);
    if (gone) {
      collect(row, CollectionReason.CALLER_GONE, QueueFaults.callerGone());
    }
    return gone;
  }

  /** Whether nobody would hear the answer that the message asks for. */
  private boolean isCallerGone(MessageRow row) {
    var message = row.message();
    return row.exchange() == ExchangeState.OPEN
        && !journey.given().isUp(row)
        && !Answering.isElsewhere(message.headers())
        && journey.deployments().mustAnswer(message);
  }

  /** Whether it would set a key that another running instance holds. */
  private boolean wouldShareKey(
      ExecutableProcess process, ProcessInstance instance, Message message) {
    if (process.queue().onHeldKey() == QueuePolicy.HeldKey.ALLOW) {
      return false;
    }
    var keys = Subscriptions.keys(process, message);
    var held = Subscriptions.held(process, instance);
    return keys.values().keySet().stream()
        .filter(k -> !held.contains(Subscriptions.digest(process, keys, k)))
        .flatMap(k -> Keeping.keeper(journey, Subscriptions.digest(process, keys, k)).stream())
        .anyMatch(keeper -> !keeper.id().equals(instance.id()));
  }

  /** A message waits. */
  void enter(MessageRow row, Collection<WaitingRow> slots) {
    slots.forEach(slot -> work.mark(slot, true));
    work.grow(row.queue(), 1, row.message().body().length());
  }

  /**
   * A message leaves every queue it is in: a version that put it there may not be loaded any more.
   */
  void dequeue(MessageRow row) {
    var message = row.message();
    work.grow(row.queue(), -1, -message.body().length());
    var rows = new LinkedHashSet<WaitingRow>();
    if (row.instance() != null) {
      rows.add(Relating.slot(row.instance(), message));
    }
    journey.deployments().versions(message.process()).stream()
        .map(v -> Subscriptions.slots(v.process(), message))
        .forEach(rows::addAll);
    work.waitingOf(row.id()).stream()
        .sorted(Comparator.comparing(w -> w.slot().key().toString()))
        .forEach(rows::add);
    rows.forEach(slot -> work.mark(slot, false));
  }

  /**
   * Messages that waited for a conversation that has ended, with its instance or its scope, are
   * collected, and their senders told. One that has another conversation's value for one of its
   * other keys, or that another one may take, goes on waiting.
   */
  void endConversation(ExecutableProcess process, ProcessInstance instance, KeySet keys) {
    var held = instance.isLive() ? Subscriptions.held(process, instance) : Set.<Digest>of();
    for (var key : Subscriptions.keys(process, keys)) {
      var digest = key.digest();
      // Another scope may have begun a conversation under the same key.
      if (held.contains(digest) || !work.holder(digest).equals(Optional.of(instance.id()))) {
        continue;
      }
      var ended = QueueFaults.ended(key);
      for (var waiting : List.copyOf(work.waitingUnder(digest))) {
        work.message(waiting.message())
            .filter(row -> row.state() == MessageState.WAITING)
            .filter(row -> !isOfAnother(process, keys, row.message()))
            .filter(row -> !takers.hasOther(row.message(), instance.id()))
            .filter(row -> !Successors.isOne(journey.deployments(), row.message()))
            .ifPresent(row -> collect(row, CollectionReason.CONVERSATION_ENDED, ended));
      }
    }
  }

  /**
   * Messages that nothing can take any more in a conversation that goes on are collected. Nothing
   * is read where none waits; and no message where its operation may yet be received, unless keys
   * belong to rounds of a loop.
   */
  void collectUnreachable(ExecutableProcess process, ProcessInstance instance) {
    if (instance.isSuspended() || !takers.areWanted(process.key())) {
      return;
    }
    boolean hasRounds = process.keys().stream().anyMatch(k -> k.scope() > 0);
    for (var digest : Subscriptions.held(process, instance)) {
      var waiting = List.copyOf(work.waitingUnder(digest));
      waiting.stream()
          .map(Queue::name)
          .distinct()
          .filter(m -> hasRounds || !Prospects.mayTake(process, instance, m, KeySet.NONE))
          .flatMap(m -> waiting.stream().filter(w -> name(w).equals(m)))
          .flatMap(w -> work.message(w.message()).stream())
          .filter(row -> row.state() == MessageState.WAITING)
          .filter(row -> takers.areNone(row.message(), instance))
          .forEach(
              row ->
                  collect(
                      row, CollectionReason.UNREACHABLE, QueueFaults.unreachable(row.message())));
    }
  }

  private static MessageName name(WaitingRow waiting) {
    return new MessageName(waiting.slot().operation(), waiting.slot().kind());
  }

  private static boolean isOfAnother(ExecutableProcess process, KeySet keys, Message message) {
    return Subscriptions.keys(process, message).contradiction(keys) >= 0;
  }

  /** Nothing is deployed any more that takes the message. */
  void collectGone(MessageRow row) {
    if (row.state() == MessageState.WAITING) {
      collect(row, CollectionReason.DEFINITION_GONE, QueueFaults.gone(row.message()));
    }
  }

  /** The garbage collector's one way to remove a queued message, told to whoever waits. */
  void collect(MessageRow row, CollectionReason reason, Fault told) {
    remove(row, MessageState.COLLECTED, reason.wireName(), told);
  }

  /** A receive opened for a queued message, but what it says breaks a rule. */
  private void refuse(MessageRow row, Fault.Gateway told) {
    remove(row, MessageState.REFUSED, told.kind().wireName(), told);
  }

  private void remove(MessageRow row, MessageState state, String reason, Fault told) {
    remove(row, state, told);
    journey.bury(row.message(), Direction.INBOUND, reason, told.reason());
  }

  /** An operator removes a queued message: no dead letter remembers it. */
  void discard(MessageRow row, Fault told) {
    remove(row, MessageState.DISCARDED, told);
  }

  private void remove(MessageRow row, MessageState state, Fault told) {
    dequeue(row);
    var answer = new Answer.Faulted(Rejecting.told(journey.deployments(), row.message(), told));
    work.change(with(row, state, null, answer));
    if (row.exchange() == ExchangeState.OPEN) {
      journey.answers().put(row.id(), Answering.onConnection(row.message().headers(), answer));
    }
    journey.send(row, answer);
  }

  private MessageRow with(
      MessageRow row, MessageState state, @Nullable InstanceId instance, @Nullable Answer answer) {
    boolean answered = answer != null && row.exchange() == ExchangeState.OPEN;
    return new MessageRow(
        row.message(),
        state,
        answered ? ExchangeState.ANSWERED : row.exchange(),
        instance,
        row.boot(),
        answer,
        answer == null ? null : journey.given().now());
  }
}
