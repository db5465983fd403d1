package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.engine.Engine;
import dev.parley.engine.Input;
import dev.parley.engine.Moment;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** One input's way through correlation and engine into a unit of work. */
final class Journey {
  private static final Engine ENGINE = new Engine();

  /** What a turn takes as given. */
  record Circumstances(Instant now, LongSupplier ids, int boot) {
    long nextId() {
      return ids.getAsLong();
    }
  }

  private final UnitOfWork work;
  private final Deployments deployments;
  private final Circumstances given;
  private final Map<MessageId, Answer> answers = new LinkedHashMap<>();
  private final Aftermath aftermath;

  Journey(UnitOfWork work, Deployments deployments, Circumstances given) {
    this.work = work;
    this.deployments = deployments;
    this.given = given;
    this.aftermath = new Aftermath(this);
  }

  Verdict decide(TurnInput input) {
    switch (input) {
      case TurnInput.Arrival arrival -> {
        return new Arriving(this).decide(arrival);
      }
      case TurnInput.Start(var process, var id) -> {
        return start(process, id);
      }
      case TurnInput.TimerDue(var id, int timer) ->
          // An instance that has ended must not end once more: its keys may be another's by now.
          work.instance(id)
              .map(View.Loaded::instance)
              .filter(ProcessInstance::isLive)
              .ifPresent(i -> step(i, new Input.TimerDue(timer)));
      case TurnInput.Sent(var id, var outcome) -> work.outbox(id).ifPresent(o -> heard(o, outcome));
      case TurnInput.Abandoned(var exchange) -> work.message(exchange).ifPresent(this::abandon);
      case TurnInput.Expired(var rows) -> rows.forEach(this::expire);
      case TurnInput.Deploy(var row) -> work.deploy(row);
    }
    return new Verdict.Answered(Answer.ACCEPTED);
  }

  private Verdict start(String process, InstanceId id) {
    var version = deployments.latest(process).orElseThrow();
    int node = version.noneStart().orElseThrow();
    var input = new Input.Started(node, null, KeySet.NONE);
    begin(version, id, input);
    return new Verdict.Answered(Answer.ACCEPTED);
  }

  /** A new instance makes its first step. */
  ProcessInstance begin(ProcessVersion version, InstanceId id, Input.Started input) {
    var step = ENGINE.start(version.process(), id, version.definition(), input, moment());
    return aftermath.apply(version, null, input, step);
  }

  /** A running instance makes its next step. */
  ProcessInstance step(ProcessInstance instance, Input input) {
    var version = deployments.definition(instance.definition());
    var step = ENGINE.step(version.process(), instance, input, moment());
    return aftermath.apply(version, instance, input, step);
  }

  /** Timers that are due fire before an instance's next message. */
  ProcessInstance fireDueTimers(ProcessInstance instance) {
    var current = instance;
    while (true) {
      var due =
          current.timers().stream()
              .filter(t -> !t.dueAt().isAfter(given.now()))
              .min(Comparator.comparing(ProcessInstance.ArmedTimer::dueAt));
      if (due.isEmpty()) {
        return current;
      }
      current = step(current, new Input.TimerDue(due.get().id()));
    }
  }

  /** Commits an answer to an exchange, and releases whoever waits for it. */
  void answer(MessageId request, Answer answer) {
    var row = work.message(request).orElseThrow();
    boolean somebodyWaits = row.exchange() == ExchangeState.OPEN && row.boot() == given.boot();
    var state = somebodyWaits ? ExchangeState.ANSWERED : ExchangeState.ABANDONED;
    work.change(
        new MessageRow(
            row.message(),
            row.state(),
            state,
            row.instance(),
            row.boot(),
            answer,
            row.expiresAt()));
    answers.put(request, answer);
  }

  private void heard(OutboxRow row, TurnInput.SendOutcome outcome) {
    if (row.state() != OutboxState.PENDING) {
      return;
    }
    switch (outcome) {
      case TurnInput.SendOutcome.Delivered _ ->
          settle(row, OutboxState.DELIVERED, "", new Input.Delivered(row.id()));
      case TurnInput.SendOutcome.Answered(var body) ->
          settle(row, OutboxState.DELIVERED, "", new Input.Answered(row.id(), body));
      case TurnInput.SendOutcome.Faulted(var fault) -> {
        settle(row, OutboxState.DELIVERED, fault.reason(), new Input.Faulted(row.id(), fault));
        if (row.token() == 0) {
          aftermath.incident(row.instance(), "", "Fault", fault.reason());
        }
      }
      case TurnInput.SendOutcome.Retry(var nextAttempt, var reason) ->
          work.change(changed(row, OutboxState.PENDING, nextAttempt, reason));
      case TurnInput.SendOutcome.Failed(boolean timeout, var reason) -> {
        settle(row, OutboxState.FAILED, reason, new Input.Undeliverable(row.id(), timeout, reason));
        if (row.token() == 0) {
          aftermath.incident(
              row.instance(), "", timeout ? "DeliveryTimeout" : "DeliveryFailed", reason);
        }
      }
    }
  }

  private void settle(OutboxRow row, OutboxState state, String error, Input input) {
    work.change(changed(row, state, row.nextAttempt(), error));
    if (row.token() != 0) {
      work.instance(row.instance())
          .map(View.Loaded::instance)
          .filter(ProcessInstance::isLive)
          .ifPresent(i -> step(i, input));
    }
  }

  static OutboxRow changed(OutboxRow row, OutboxState state, Instant nextAttempt, String error) {
    return new OutboxRow(
        row.message(),
        row.instance(),
        row.token(),
        row.endpoint(),
        row.policy(),
        state,
        state == OutboxState.CANCELLED ? row.attempts() : row.attempts() + 1,
        nextAttempt,
        error);
  }

  private void abandon(MessageRow row) {
    if (row.exchange() != ExchangeState.OPEN) {
      return;
    }
    var gone =
        Fault.of(
            FaultKind.REPLY_TIMEOUT,
            "The caller waited no longer before the message was taken",
            "Send it again.");
    boolean waiting = row.state() == MessageState.WAITING;
    if (waiting) {
      aftermath.dequeue(row.message());
      // A duplicate may wait with the one who waits no longer.
      answers.put(row.id(), new Answer.Faulted(gone));
    }
    work.change(
        new MessageRow(
            row.message(),
            waiting ? MessageState.COLLECTED : row.state(),
            ExchangeState.ABANDONED,
            row.instance(),
            row.boot(),
            waiting ? new Answer.Faulted(gone) : row.answer(),
            null));
  }

  private void expire(WaitingRow waiting) {
    work.message(waiting.message())
        .filter(row -> row.state() == MessageState.WAITING)
        .ifPresent(
            row ->
                aftermath.collect(
                    row,
                    Fault.of(
                        FaultKind.EXPIRED,
                        "Nobody took the message before its time was over",
                        "Send it again when the conversation has begun.")));
  }

  UnitOfWork work() {
    return work;
  }

  Deployments deployments() {
    return deployments;
  }

  Circumstances given() {
    return given;
  }

  Map<MessageId, Answer> answers() {
    return answers;
  }

  private Moment moment() {
    return new Moment(given.now(), given.ids());
  }
}
