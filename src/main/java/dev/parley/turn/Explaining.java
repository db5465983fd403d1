package dev.parley.turn;

import dev.parley.correlation.KeyFinding;
import dev.parley.correlation.MessageKeys;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Turn.RecordedInput;
import dev.parley.engine.TurnCodec;
import dev.parley.expression.EvaluationException;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Store;
import dev.parley.turn.Explanation.Taken;
import dev.parley.turn.Identities.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Says why a message goes where it does: it is decided as any other, and nothing of that is kept.
 * On platform threads only, as all reads of a store.
 */
public final class Explaining {
  private final Store store;
  private final Deployments deployments;
  private final Instant now;

  public Explaining(Store store, Deployments deployments, Instant now) {
    this.store = store;
    this.deployments = deployments;
    this.now = now;
  }

  /** One that was not sent. */
  public Explanation explain(Message message) {
    return explain(message, Optional.empty());
  }

  /** One that is stored; empty where there is none of this id. */
  public Optional<Explanation> explain(MessageId id) {
    return Optional.ofNullable(store.messages(List.of(id)).get(id))
        .map(row -> explain(row.message(), Optional.of(row)));
  }

  private Explanation explain(Message message, Optional<MessageRow> row) {
    boolean isOpen = row.isEmpty() || row.get().state() == MessageState.WAITING;
    String failure = "";
    Optional<Explanation.Repetition> repeats = Optional.empty();
    Optional<Explanation.Judgement> verdict = Optional.empty();
    try {
      repeats = row.isEmpty() ? repeats(message) : Optional.empty();
      verdict = isOpen && repeats.isEmpty() ? judge(message, row) : Optional.empty();
    } catch (EvaluationException e) {
      failure = String.valueOf(e.getMessage());
    }
    return new Explanation(
        message,
        row,
        row.flatMap(r -> Optional.ofNullable(store.deadLetters(List.of(r.id())).get(r.id()))),
        identities(message),
        repeats,
        deployments.versions(message.process()).stream().map(v -> version(v, message)).toList(),
        failure,
        verdict,
        row.flatMap(r -> Optional.ofNullable(r.instance())).flatMap(i -> taken(i, message.id())));
  }

  /** What would become of it now, as the one who decides messages says. */
  Optional<Explanation.Judgement> judge(Message message, Optional<MessageRow> row) {
    var journey = journey();
    // It does not wait for itself.
    row.ifPresent(new Queue(journey)::dequeue);
    return Arriving.consider(journey, Turns.arrival(message, deployments))
        .map(considered -> new Judging(journey, considered).judgement());
  }

  /** Nothing that is decided on it is kept. */
  private Journey journey() {
    var work = new UnitOfWork(new StoreView(store));
    // For what comes of timers that are due.
    var ids = new AtomicLong(Long.MAX_VALUE / 2);
    var given =
        new Journey.Circumstances(now, ids::incrementAndGet, store.bootId(), store.gateways());
    return new Journey(work, deployments, given);
  }

  private List<Explanation.Identity> identities(Message message) {
    var identities = Identities.named(message, declared(message));
    var bearers = store.identities(identities.stream().map(Identity::digest).toList());
    return identities.stream()
        .map(
            i ->
                new Explanation.Identity(
                    i.kind(),
                    i.value(),
                    Optional.ofNullable(bearers.get(i.digest())).map(IdentityRow::message)))
        .toList();
  }

  /** What it is known by in its newest version; null where an expression fails. */
  private @Nullable String declared(Message message) {
    try {
      return deployments
          .latest(message.process())
          .map(v -> MessageKeys.read(v.process(), message).identity())
          .orElse(null);
    } catch (EvaluationException e) {
      return null;
    }
  }

  /** The message that it would be taken for, and what it would be told then. */
  private Optional<Explanation.Repetition> repeats(Message message) {
    var journey = journey();
    var arrival = Turns.arrival(message, deployments);
    for (var identity : arrival.identities()) {
      var earlier = journey.work().identity(identity);
      var outcome = earlier.flatMap(e -> new Repeating(journey).outcome(arrival, e));
      if (earlier.isPresent() && outcome.isPresent()) {
        return Optional.of(
            new Explanation.Repetition(earlier.get().message(), fault(outcome.get())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Fault> fault(Verdict verdict) {
    return verdict instanceof Verdict.Answered(var answer)
            && answer instanceof Answer.Faulted(var fault)
        ? Optional.of(fault)
        : Optional.empty();
  }

  private static Explanation.Version version(ProcessVersion version, Message message) {
    var keys =
        MessageKeys.findings(version.process(), message).stream().map(Explaining::key).toList();
    return new Explanation.Version(
        version.version(), version.receives(MessageName.of(message)), keys);
  }

  private static Explanation.Key key(KeyFinding key) {
    var properties =
        key.properties().stream()
            .map(
                p ->
                    new Explanation.Property(p.name(), p.path(), p.value(), p.failure(), p.given()))
            .toList();
    return new Explanation.Key(key.name(), key.values(), properties);
  }

  private Optional<Taken> taken(InstanceId id, MessageId message) {
    var row = store.instances(List.of(id)).get(id);
    if (row == null) {
      return Optional.empty();
    }
    var instance = new StoreView(store).decode(row).instance();
    return store.history(id).stream()
        .filter(turn -> took(turn).filter(message::equals).isPresent())
        .findFirst()
        .map(turn -> taken(instance, turn));
  }

  private Taken taken(ProcessInstance instance, HistoryRow turn) {
    // The version of one that has ended may be gone.
    var version = deployments.loaded(instance.definition());
    return new Taken(
        instance.id(),
        instance.status().name().toLowerCase(Locale.ROOT),
        turn.at(),
        version.map(v -> path(v.process(), turn)).orElse(List.of()));
  }

  private static List<String> path(ExecutableProcess process, HistoryRow turn) {
    return TurnCodec.decode(turn.turn()).path().stream().map(n -> process.node(n).id()).toList();
  }

  private static Optional<MessageId> took(HistoryRow row) {
    return switch (TurnCodec.decode(row.turn()).input()) {
      case RecordedInput.Started(int _, var message) -> Optional.of(message);
      case RecordedInput.Received(int _, var message) -> Optional.of(message);
      case RecordedInput.Other _ -> Optional.empty();
    };
  }
}
