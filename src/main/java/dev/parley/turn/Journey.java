package dev.parley.turn;

import dev.parley.engine.Engine;
import dev.parley.engine.Input;
import dev.parley.engine.Moment;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Step;
import dev.parley.message.Answer;
import dev.parley.message.CollectionReason;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** One input's way through correlation and engine into a unit of work. */
final class Journey {
  private static final Engine ENGINE = new Engine();

  /** What a turn takes as given. */
  record Circumstances(Instant now, LongSupplier ids, int boot, Set<Integer> gateways) {
    long nextId() {
      return ids.getAsLong();
    }

    /** Whether the gateway is up whose callers wait for the answer to a message. */
    boolean isUp(MessageRow row) {
      return gateways.contains(row.boot());
    }
  }

  private final UnitOfWork work;
  private final Deployments deployments;
  private final Circumstances given;
  private final Map<MessageId, Answer> answers = new LinkedHashMap<>();
  private final Aftermath aftermath;
  private final Signals signals;
  private final Calls calls;

  Journey(UnitOfWork work, Deployments deployments, Circumstances given) {
    this.work = work;
    this.deployments = deployments;
    this.given = given;
    this.aftermath = new Aftermath(this);
    this.signals = new Signals(this);
    this.calls = new Calls(this);
  }

  Verdict decide(TurnInput input) {
    var verdict = take(input);
    while (signals.deliver() || calls.deliver() || aftermath.successors().deliver()) {
      // Whoever gets a signal or a call's result may throw, call and return in turn.
    }
    return verdict;
  }

  private Verdict take(TurnInput input) {
    return input instanceof TurnInput.Arrival arrival
        ? new Arriving(this).decide(arrival)
        : new Verdict.Answered(answer(input));
  }

  private Answer answer(TurnInput input) {
    return switch (input) {
      case TurnInput.Start start -> new Starting(this).start(start);
      case TurnInput.Complete complete -> Completing.decide(this, complete);
      case TurnInput.Suspend(var id) -> Suspending.suspend(this, id);
      case TurnInput.Resume(var id) -> Suspending.resume(this, id);
      case TurnInput.Deploy(var row) -> Deploying.decide(this, row);
      case TurnInput.Act act -> new Operating(this).carryOut(act);
      default -> {
        happen(input);
        yield Answer.ACCEPTED;
      }
    };
  }

  /** What nobody waits to hear of. */
  private void happen(TurnInput input) {
    switch (input) {
      case TurnInput.TimerDue(var id, int timer) ->
          work.instance(id)
              .map(View.Loaded::instance)
              .filter(i -> i.timer(timer).isPresent() && !i.isSuspended())
              .ifPresent(i -> step(i, new Input.TimerDue(timer)));
      case TurnInput.Sent(var id, var outcome) -> new Hearing(this).hear(id, outcome);
      case TurnInput.Abandoned(var exchange) -> work.message(exchange).ifPresent(this::abandon);
      case TurnInput.Expired(var rows) -> rows.forEach(this::expire);
      case TurnInput.Gone(var ids) ->
          ids.forEach(id -> work.message(id).ifPresent(aftermath.queue()::collectGone));
      case TurnInput.Look(var messages) -> messages.forEach(new Looking(this)::look);
      case TurnInput.TakeOn(var ids) -> new Hearing(this).takeOn(ids);
      default -> throw new IllegalStateException("Somebody waits to hear of " + input);
    }
  }

  /** A new instance makes its first step. */
  ProcessInstance begin(ProcessVersion version, InstanceId id, Input input) {
    var step = ENGINE.start(version.process(), id, version.definition(), input, moment());
    return aftermath.apply(version, null, input, step);
  }

  /** A running instance makes its next step. */
  ProcessInstance step(ProcessInstance instance, Input input) {
    var version = deployments.definition(instance.definition());
    return aftermath.apply(version, instance, input, move(version, instance, input));
  }

  /** A running instance takes what waits for the receives that it has open. */
  void takeWaiting(ProcessInstance instance) {
    aftermath.takeWaiting(deployments.definition(instance.definition()), instance);
  }

  /** The engine's part of a step. */
  Step move(ProcessVersion version, ProcessInstance instance, Input input) {
    return ENGINE.step(version.process(), instance, input, moment());
  }

  /**
   * Timers that are due fire before an instance's next message. Those that are armed meanwhile do
   * not: a loop over a timer that is always due would not end.
   */
  ProcessInstance fireDueTimers(ProcessInstance instance) {
    int newest = instance.counter();
    var current = instance;
    var due = due(current, newest);
    while (due.isPresent()) {
      current = step(current, due.get());
      due = due(current, newest);
    }
    return current;
  }

  /** The timer that is due first, of those up to a number. */
  Optional<Input.TimerDue> due(ProcessInstance instance, int newest) {
    return instance.isSuspended()
        ? Optional.empty()
        : instance.timers().stream()
            .filter(t -> t.id() <= newest)
            .filter(t -> !t.dueAt().isAfter(given.now()))
            .min(Comparator.comparing(ProcessInstance.ArmedTimer::dueAt))
            .map(t -> new Input.TimerDue(t.id()));
  }

  /**
   * Commits an answer to an exchange: whoever waits for it is released, or it goes to the address
   * that the request gave.
   */
  void answer(MessageId request, Answer answer) {
    var row = work.message(request).orElseThrow();
    var headers = row.message().headers();
    boolean isSent = Answering.target(headers, answer).isPresent();
    boolean somebodyWaits = row.exchange() == ExchangeState.OPEN && given.isUp(row);
    boolean arrives = isSent || somebodyWaits;
    work.change(
        new MessageRow(
            row.message(),
            row.state(),
            arrives ? ExchangeState.ANSWERED : ExchangeState.ABANDONED,
            row.instance(),
            row.boot(),
            answer,
            row.state() == MessageState.WAITING ? row.expiresAt() : given.now()));
    answers.put(request, isSent ? Answer.ACCEPTED : answer);
    send(row, answer);
    if (!arrives
        && answer instanceof Answer.Faulted(var fault)
        && row.instance() != null
        && !deployments.mustAnswer(row.message())) {
      aftermath.incident(row.instance(), "", "Fault", "Told nobody any more: " + fault.reason());
    }
  }

  /** What goes to an address that the request gave. */
  void send(MessageRow request, Answer answer) {
    int definition =
        Optional.ofNullable(request.instance())
            .flatMap(work::instance)
            .map(i -> i.instance().definition())
            .or(() -> deployments.having(request.message()).map(ProcessVersion::definition))
            .orElse(0);
    Answering.row(request, answer, definition, new MessageId(given.nextId()), given.now())
        .ifPresent(this::send);
  }

  /** A message goes out. */
  void send(OutboxRow row) {
    work.create(row.by(given.boot()));
  }

  private void abandon(MessageRow row) {
    // Who has joined the wait elsewhere goes on waiting.
    boolean isElsewhere = given.isUp(row) && row.boot() != given.boot();
    if (row.exchange() != ExchangeState.OPEN || isElsewhere) {
      return;
    }
    boolean waits = row.state() == MessageState.WAITING;
    if (waits && deployments.mustAnswer(row.message())) {
      aftermath.queue().collect(row, CollectionReason.CALLER_GONE, QueueFaults.callerGone());
      return;
    }
    work.change(
        new MessageRow(
            row.message(),
            row.state(),
            ExchangeState.ABANDONED,
            row.instance(),
            row.boot(),
            row.answer(),
            waits ? row.expiresAt() : null));
  }

  private void expire(WaitingRow waiting) {
    work.message(waiting.message())
        .filter(row -> row.state() == MessageState.WAITING)
        .ifPresent(
            row ->
                aftermath
                    .queue()
                    .collect(
                        row,
                        CollectionReason.EXPIRED,
                        Fault.of(
                            FaultKind.EXPIRED,
                            "Nobody took the message before its time was over",
                            "Send it again when the conversation has begun.")));
  }

  /** A message comes to nobody. */
  void bury(Message message, Direction direction, String reason, String text) {
    work.deadLetters()
        .bury(
            new DeadLetterRow(
                message.id(),
                direction,
                message.process(),
                message.operation(),
                reason,
                text,
                given.now()));
  }

  void incident(InstanceId instance, String kind, String text) {
    aftermath.incident(instance, "", kind, text);
  }

  Queue queue() {
    return aftermath.queue();
  }

  Calls calls() {
    return calls;
  }

  Signals signals() {
    return signals;
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
