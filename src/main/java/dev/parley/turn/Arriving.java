package dev.parley.turn;

import dev.parley.correlation.Correlation;
import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.Correlator;
import dev.parley.correlation.KeySet;
import dev.parley.correlation.Situation;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.engine.Input;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message comes in: known already, matched, queued, starting an instance, or refused. */
final class Arriving {
  private final Journey journey;
  private final UnitOfWork work;

  Arriving(Journey journey) {
    this.journey = journey;
    this.work = journey.work();
  }

  Verdict decide(TurnInput.Arrival arrival) {
    for (var identity : arrival.identities()) {
      var earlier = work.bearer(identity).flatMap(work::message);
      if (earlier.isPresent()) {
        return repeated(arrival.message(), earlier.get());
      }
    }
    var versions = journey.deployments().versions(arrival.message().process());
    if (versions.isEmpty()) {
      return new Verdict.Answered(
          Answer.refused(
              FaultKind.UNKNOWN_OPERATION,
              "No process '%s' is deployed".formatted(arrival.message().process()),
              "Deploy it, or correct the address."));
    }
    var incoming = new Incoming(arrival, versions);
    fireDueTimers(incoming);
    var decision =
        Correlator.decide(
            situation(incoming), incoming.latest.policy(incoming.name), journey.given().now());
    return carryOut(incoming, decision);
  }

  /** A message with its keys by each version of its process. */
  private static final class Incoming {
    private final TurnInput.Arrival arrival;
    private final Message message;
    private final MessageName name;
    private final ProcessVersion latest;
    private final Map<Integer, KeySet> keysByDefinition = new LinkedHashMap<>();
    private final LinkedHashSet<CorrelationKey> keys = new LinkedHashSet<>();
    private final LinkedHashSet<Digest> digests = new LinkedHashSet<>();

    Incoming(TurnInput.Arrival arrival, List<ProcessVersion> versions) {
      this.arrival = arrival;
      this.message = arrival.message();
      this.name = new MessageName(message.operation(), message.kind());
      this.latest = versions.getFirst();
      for (var version : versions) {
        var process = version.process();
        boolean sameAsLatest = process.messages().equals(latest.process().messages());
        var found = sameAsLatest ? arrival.keys() : Aftermath.keysOf(process, message);
        keysByDefinition.put(version.definition(), found);
        keys.addAll(Subscriptions.keys(process, found));
        digests.addAll(Subscriptions.digests(process, found));
      }
    }

    KeySet keys(int definition) {
      return keysByDefinition.getOrDefault(definition, KeySet.NONE);
    }
  }

  /** Timers of the instances that could take the message fire first where they are due. */
  private void fireDueTimers(Incoming incoming) {
    for (var digest : incoming.digests) {
      for (var row : work.subscriptions(Subscriptions.slot(incoming.name, digest))) {
        work.instance(row.instance()).ifPresent(i -> journey.fireDueTimers(i.instance()));
      }
    }
  }

  private record Receiver(InstanceId instance, long token) {}

  private Situation situation(Incoming incoming) {
    var enabled = new LinkedHashMap<Receiver, Situation.Enabled>();
    var holders = new ArrayList<Situation.Holder>();
    for (var digest : incoming.digests) {
      boolean found = false;
      for (var row : work.subscriptions(Subscriptions.slot(incoming.name, digest))) {
        if (isEnabled(incoming, row.instance(), (int) row.token())) {
          found = true;
          // It is found by each of its keys; the first one says by which.
          enabled.putIfAbsent(
              new Receiver(row.instance(), row.token()),
              new Situation.Enabled(row.instance(), (int) row.token(), digest));
        }
      }
      if (!found) {
        work.holder(digest)
            .flatMap(work::instance)
            .ifPresent(i -> holders.add(holder(incoming, i.instance())));
      }
    }
    return new Situation(
        incoming.message.process(),
        incoming.message.operation().operation(),
        List.copyOf(incoming.keys),
        List.copyOf(enabled.values()),
        holders,
        incoming.latest.startFor(incoming.name),
        enabled.isEmpty() ? waiting(incoming) : 0);
  }

  private boolean isEnabled(Incoming incoming, InstanceId id, int token) {
    return work.instance(id)
        .map(View.Loaded::instance)
        .filter(i -> incoming.keys(i.definition()).belongsTo(i.keys()))
        .flatMap(i -> i.token(token))
        .filter(t -> t.waiting() instanceof Waiting.ForMessage)
        .isPresent();
  }

  private Situation.Holder holder(Incoming incoming, ProcessInstance instance) {
    var process = journey.deployments().definition(instance.definition()).process();
    boolean canReceive =
        instance.tokens().stream()
            .anyMatch(t -> process.reachability().canReceive(t.node(), incoming.name));
    boolean belongs = incoming.keys(instance.definition()).belongsTo(instance.keys());
    return new Situation.Holder(instance.id(), instance.isLive(), belongs, canReceive);
  }

  private int waiting(Incoming incoming) {
    int most = 0;
    for (var digest : incoming.digests) {
      var slot = Subscriptions.slot(incoming.name, digest);
      most =
          Math.max(
              most,
              work.waiting(slot, incoming.latest.policy(incoming.name).maxPerConversation())
                  .size());
    }
    return most;
  }

  private Verdict carryOut(Incoming incoming, Correlation correlation) {
    return switch (correlation) {
      case Correlation.Matched(var id, int token) -> deliver(incoming, id, token);
      case Correlation.Instantiates(int node) -> instantiate(incoming, node);
      case Correlation.Queued(var expiresAt) -> queue(incoming, expiresAt);
      case Correlation.Discarded _ -> discard(incoming);
      case Correlation.Refused(var fault) -> new Verdict.Answered(new Answer.Faulted(fault));
    };
  }

  private Verdict deliver(Incoming incoming, InstanceId id, int token) {
    var instance = work.instance(id).orElseThrow().instance();
    if (conflicts(incoming, instance, token)) {
      return new Verdict.Answered(
          Answer.refused(
              FaultKind.CONFLICTING_REQUEST,
              "The conversation has not yet answered an earlier '%s'"
                  .formatted(incoming.message.operation().operation()),
              "Wait for that answer, then send again."));
    }
    keep(incoming, MessageState.CONSUMED, id, null);
    journey.step(
        instance,
        new Input.Received(token, incoming.message, incoming.keys(instance.definition())));
    return verdict(incoming);
  }

  /** WS-BPEL 2.0, 10.4: conflictingRequest. */
  private boolean conflicts(Incoming incoming, ProcessInstance instance, int token) {
    var process = journey.deployments().definition(instance.definition()).process();
    return instance
        .token(token)
        .flatMap(t -> Element.receiveOf(process.node(t.node()).element()))
        .filter(
            r ->
                instance.exchanges().stream()
                    .anyMatch(
                        e ->
                            e.operation().equals(incoming.message.operation())
                                && e.name().equals(r.exchange())))
        .isPresent();
  }

  private Verdict instantiate(Incoming incoming, int node) {
    var id = new InstanceId(journey.given().nextId());
    keep(incoming, MessageState.CONSUMED, id, null);
    journey.begin(
        incoming.latest,
        id,
        new Input.Started(node, incoming.message, incoming.keys(incoming.latest.definition())));
    return verdict(incoming);
  }

  private Verdict queue(Incoming incoming, @Nullable Instant expiresAt) {
    keep(incoming, MessageState.WAITING, null, expiresAt);
    var slots = new LinkedHashSet<WaitingRow>();
    for (var digest : incoming.digests) {
      slots.add(new WaitingRow(Subscriptions.slot(incoming.name, digest), incoming.message.id()));
    }
    slots.forEach(s -> work.mark(s, true));
    return verdict(incoming);
  }

  private Verdict discard(Incoming incoming) {
    keep(incoming, MessageState.DISCARDED, null, null);
    if (incoming.latest.isAnswered(incoming.name)) {
      journey.answer(
          incoming.message.id(),
          Answer.refused(
              FaultKind.TOO_LATE,
              "The process takes no '%s' now, and drops it"
                  .formatted(incoming.message.operation().operation()),
              "Do not send it again."));
    }
    return verdict(incoming);
  }

  private void keep(
      Incoming incoming,
      MessageState state,
      @Nullable InstanceId instance,
      @Nullable Instant expiresAt) {
    var exchange =
        incoming.latest.isAnswered(incoming.name) ? ExchangeState.OPEN : ExchangeState.NONE;
    work.create(
        new MessageRow(
            incoming.message, state, exchange, instance, journey.given().boot(), null, expiresAt));
    incoming.arrival.identities().forEach(i -> work.identify(i, incoming.message.id()));
  }

  private static Verdict verdict(Incoming incoming) {
    return incoming.latest.isAnswered(incoming.name)
        ? new Verdict.Waits(incoming.message.id(), incoming.message.id())
        : new Verdict.Answered(Answer.ACCEPTED);
  }

  /**
   * A duplicate gets the earlier outcome; another body under the same identity is somebody else's
   * message.
   */
  private Verdict repeated(Message message, MessageRow earlier) {
    if (!earlier.message().body().equals(message.body())) {
      return new Verdict.Answered(
          new Answer.Faulted(
              Fault.of(
                  FaultKind.IDENTITY_REUSED,
                  "The message's identity was seen before with another body",
                  "Give each message an identity of its own.")));
    }
    var answer = earlier.answer();
    if (answer != null) {
      return new Verdict.Answered(answer);
    }
    if (earlier.exchange() == ExchangeState.NONE) {
      return new Verdict.Answered(Answer.ACCEPTED);
    }
    work.change(
        new MessageRow(
            earlier.message(),
            earlier.state(),
            ExchangeState.OPEN,
            earlier.instance(),
            journey.given().boot(),
            null,
            earlier.expiresAt()));
    return new Verdict.Waits(earlier.id(), message.id());
  }
}
