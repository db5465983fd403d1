package dev.parley.turn;

import dev.parley.correlation.Correlation;
import dev.parley.correlation.Correlator;
import dev.parley.correlation.Decision;
import dev.parley.correlation.Rule;
import dev.parley.correlation.Situation;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Prospects;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message comes in: known already, matched, queued, starting an instance, or refused. */
final class Arriving {
  private final Journey journey;
  private final UnitOfWork work;
  private final boolean isAwaited;

  private Arriving(Journey journey, boolean isAwaited) {
    this.journey = journey;
    this.work = journey.work();
    this.isAwaited = isAwaited;
  }

  Arriving(Journey journey) {
    this(journey, true);
  }

  /** For an operator, who does not wait for the answer to a message. */
  static Answer replay(Journey journey, TurnInput.Arrival arrival) {
    var verdict = new Arriving(journey, false).judge(arrival, arrival.message());
    return verdict instanceof Verdict.Answered(var answer) ? answer : Answer.ACCEPTED;
  }

  /** What would become of a message now. */
  static Optional<Considered> consider(Journey journey, TurnInput.Arrival arrival) {
    var message = arrival.message();
    var versions = journey.deployments().versions(message.process());
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Arriving(journey).consider(new Incoming(arrival, message, versions)));
  }

  /** What was known about a message, and what was decided. */
  record Considered(Incoming incoming, Situation situation, Decision decision) {}

  Verdict decide(TurnInput.Arrival arrival) {
    for (var identity : arrival.identities()) {
      var earlier = work.identity(identity);
      if (earlier.isPresent()) {
        var message = work.message(earlier.get().message()).map(MessageRow::message);
        return new Repeating(journey)
            .outcome(arrival, earlier.get())
            .orElseGet(() -> judge(arrival, message.orElseThrow()));
      }
    }
    return judge(arrival, arrival.message());
  }

  private Verdict judge(TurnInput.Arrival arrival, Message message) {
    var versions = journey.deployments().versions(message.process());
    if (versions.isEmpty()) {
      return new Verdict.Answered(
          Answer.refused(
              FaultKind.UNKNOWN_OPERATION,
              "No process '%s' is deployed".formatted(message.process()),
              "Deploy it, or correct the address."));
    }
    var considered = consider(new Incoming(arrival, message, versions));
    return carryOut(considered.incoming(), considered.decision());
  }

  private Considered consider(Incoming incoming) {
    fireDueTimers(incoming);
    var relating = new Relating(journey, incoming);
    relating.sent().ifPresent(s -> fireDueTimers(s.instance()));
    var taker = relating.taker();
    var situation =
        taker.isPresent()
            ? relating.situation(taker.get(), holders(incoming, incoming.digests()))
            : situation(incoming, relating);
    var decision = Correlator.decide(situation, incoming.policy(), journey.given().now());
    return new Considered(incoming, situation, decision);
  }

  /** Timers of the instances that could take the message fire first where they are due. */
  private void fireDueTimers(Incoming incoming) {
    boolean received = false;
    for (var digest : incoming.digests()) {
      for (var row : work.subscriptions(Subscriptions.slot(incoming.name(), digest))) {
        fireDueTimers(row.instance());
        received = true;
      }
    }
    if (!received) {
      incoming.digests().forEach(d -> work.holder(d).ifPresent(this::fireDueTimers));
    }
  }

  private void fireDueTimers(InstanceId id) {
    work.instance(id)
        .map(View.Loaded::instance)
        .filter(ProcessInstance::isLive)
        .ifPresent(journey::fireDueTimers);
  }

  private Situation situation(Incoming incoming, Relating relating) {
    var unfound = new LinkedHashSet<>(incoming.digests());
    var enabled = enabled(incoming, unfound, relating);
    var holders = holders(incoming, unfound);
    if (incoming.keys().isEmpty()) {
      relating.late().ifPresent(holders::add);
    }
    return new Situation(
        incoming.message().process(),
        incoming.message().operation().operation(),
        incoming.keys(),
        enabled,
        holders,
        incoming.isToAnInstance()
            ? OptionalInt.empty()
            : incoming.latest().startFor(incoming.name()),
        enabled.isEmpty() ? new Room(journey).load(incoming) : Situation.Load.NONE);
  }

  /** Each receive once, though it may be found by several keys; those leave the unfound ones. */
  private List<Situation.Enabled> enabled(
      Incoming incoming, Set<Digest> unfound, Relating relating) {
    var enabled = new ArrayList<Situation.Enabled>();
    for (var digest : incoming.digests()) {
      for (var row : work.subscriptions(Subscriptions.slot(incoming.name(), digest))) {
        int token = (int) row.token();
        boolean known =
            enabled.stream()
                .anyMatch(e -> e.token() == token && e.instance().equals(row.instance()));
        if (known) {
          unfound.remove(digest);
        } else if (isEnabled(row.instance(), token, relating)) {
          unfound.remove(digest);
          enabled.add(new Situation.Enabled(row.instance(), token, digest));
        }
      }
    }
    return enabled;
  }

  private List<Situation.Holder> holders(Incoming incoming, Set<Digest> digests) {
    var holders = new ArrayList<Situation.Holder>();
    for (var digest : digests) {
      work.holder(digest)
          .flatMap(work::instance)
          .map(View.Loaded::instance)
          .filter(i -> !isForsaken(incoming, digest, i))
          .ifPresent(i -> holders.add(holder(incoming, digest, i)));
    }
    return holders;
  }

  private boolean isForsaken(Incoming incoming, Digest key, ProcessInstance instance) {
    var keys = incoming.keys(instance.definition());
    // The version of one that has ended may be gone.
    return journey
        .deployments()
        .loaded(instance.definition())
        .filter(v -> Keeping.isForsaken(v.process(), instance, keys, key))
        .isPresent();
  }

  private boolean isEnabled(InstanceId id, int token, Relating relating) {
    return work.instance(id)
        .map(View.Loaded::instance)
        .filter(i -> relating.fits(i, token))
        .isPresent();
  }

  /** The conversation under a key ends with the scope that has it: a round of a loop, for one. */
  private Situation.Holder holder(Incoming incoming, Digest key, ProcessInstance instance) {
    if (!instance.isLive()) {
      // Its version may be gone.
      return new Situation.Holder(instance.id(), false, false, false, false);
    }
    var process = journey.deployments().process(instance);
    var keys = incoming.keys(instance.definition());
    boolean canReceive = Prospects.mayTake(process, instance, incoming.name(), keys);
    boolean belongs =
        instance.scopes().stream().anyMatch(s -> keys.belongsTo(instance.keys(s.id())));
    boolean live = Keeping.holds(process, instance, key);
    return new Situation.Holder(instance.id(), live, belongs, canReceive, instance.isSuspended());
  }

  private Verdict carryOut(Incoming incoming, Decision decision) {
    return switch (decision.correlation()) {
      case Correlation.Matched(var id, int token) -> deliver(incoming, id, token);
      case Correlation.Instantiates(int node) -> instantiate(incoming, node);
      case Correlation.Queued(var expiresAt) -> queue(incoming, expiresAt);
      case Correlation.Discarded _ -> discard(incoming, decision.rule());
      case Correlation.Refused(var fault) ->
          new Verdict.Answered(
              new Answer.Faulted(Rejecting.told(journey.deployments(), incoming.message(), fault)));
    };
  }

  private Verdict deliver(Incoming incoming, InstanceId id, int token) {
    var instance = work.instance(id).orElseThrow().instance();
    var message = incoming.message();
    var process = journey.deployments().process(instance);
    if (Subscriptions.conflicts(process, instance, token)) {
      return new Verdict.Answered(new Answer.Faulted(QueueFaults.conflictingRequest(message)));
    }
    keep(incoming, MessageState.CONSUMED, id, null);
    journey.step(
        instance, new Input.Received(token, message, incoming.keys(instance.definition())));
    return verdict(incoming);
  }

  private Verdict instantiate(Incoming incoming, int node) {
    var id = new InstanceId(journey.given().nextId());
    keep(incoming, MessageState.CONSUMED, id, null);
    journey.begin(
        incoming.latest(),
        id,
        new Input.Started(node, incoming.message(), incoming.keys(incoming.latest().definition())));
    return verdict(incoming);
  }

  private Verdict queue(Incoming incoming, @Nullable Instant expiresAt) {
    new Room(journey).make(incoming);
    var row = keep(incoming, MessageState.WAITING, incoming.awaited(), expiresAt);
    var id = incoming.message().id();
    var slots = incoming.slots().stream().map(s -> new WaitingRow(s, id)).toList();
    new Queue(journey).enter(row, slots);
    return verdict(incoming);
  }

  /** The sender is told nothing but that it was accepted, unless it waits for more than that. */
  private Verdict discard(Incoming incoming, Rule rule) {
    keep(incoming, MessageState.DISCARDED, null, null);
    var message = incoming.message();
    if (journey.deployments().mustAnswer(message)) {
      journey.answer(message.id(), new Answer.Faulted(QueueFaults.dropped(message, rule)));
    } else if (incoming.isAnswered()) {
      journey.answer(message.id(), Answer.ACCEPTED);
    }
    return verdict(incoming);
  }

  private MessageRow keep(
      Incoming incoming,
      MessageState state,
      @Nullable InstanceId instance,
      @Nullable Instant expiresAt) {
    boolean isHeard = isAwaited || Answering.isElsewhere(incoming.message().headers());
    var asked = isHeard ? ExchangeState.OPEN : ExchangeState.ABANDONED;
    var exchange = incoming.isAnswered() ? asked : ExchangeState.NONE;
    var row =
        new MessageRow(
            incoming.message(), state, exchange, instance, journey.given().boot(), null, expiresAt);
    if (work.message(row.id()).isEmpty()) {
      work.create(row);
    } else {
      work.change(row);
      work.deadLetters().exhume(row.id());
    }
    work.identify(incoming.identities(), incoming.message());
    return row;
  }

  private static Verdict verdict(Incoming incoming) {
    return incoming.isAnswered() && !Answering.isElsewhere(incoming.message().headers())
        ? new Verdict.Waits(incoming.message().id())
        : new Verdict.Answered(Answer.ACCEPTED);
  }
}
