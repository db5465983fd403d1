package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares, commits and releases batches of inputs; has no thread of its own. A batch may be
 * prepared while the one before it is being committed: it then stands on what that one decided, and
 * is prepared again should that one fail.
 */
public final class Batches {
  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

  private final Store store;
  private final Decider decider;
  private final Supplier<Deployments> deployments;
  private final Waiters waiters;
  private final Map<QueueName, QueueRow> queues = new ConcurrentHashMap<>();
  private Instant now = Instant.EPOCH;

  public Batches(Store store, LongSupplier ids, Supplier<Deployments> deployments) {
    this.store = store;
    this.decider = new Decider(ids, store.bootId());
    this.deployments = deployments;
    this.waiters = new Waiters();
    store.queues().forEach(q -> queues.put(q.name(), q));
  }

  /** How much waits, by what has been committed. */
  Collection<QueueRow> queues() {
    return queues.values();
  }

  /** An input and who waits for its outcome. */
  public record Pending(TurnInput input, CompletableFuture<Answer> outcome) {}

  /** A decided batch, not yet committed. */
  public static final class Prepared {
    private final List<Pending> inputs;
    private final Decider.Decided decided;
    private final Batch batch;

    Prepared(List<Pending> inputs, Decider.Decided decided) {
      this.inputs = inputs;
      this.decided = decided;
      this.batch = decided.work().toBatch();
    }

    public List<Pending> inputs() {
      return inputs;
    }

    /** Whether a sender of a message is among those that its release tells something. */
    boolean answersMessages() {
      return inputs.stream().anyMatch(p -> p.input() instanceof TurnInput.Arrival);
    }
  }

  /**
   * Decides a batch.
   *
   * @param inFlight the batch before, when it is decided but perhaps not yet committed; null when
   *     there is none
   * @param clock its time; never goes back from one batch to the next
   */
  public Prepared prepare(List<Pending> inputs, @Nullable Prepared inFlight, Instant clock) {
    if (clock.isAfter(now)) {
      now = Instant.ofEpochMilli(clock.toEpochMilli());
    }
    var stored = new StoreView(store, queues);
    readAhead(stored, inputs);
    View below = stored;
    if (inFlight != null) {
      inFlight.decided.work().rebase(stored);
      below = inFlight.decided.work();
    }
    var plain = inputs.stream().map(p -> resolved(p.input())).toList();
    return new Prepared(inputs, decider.decide(plain, below, deployments.get(), now));
  }

  /** Who gives up gives up the exchange, unless others wait for its answer too. */
  private TurnInput resolved(TurnInput input) {
    if (!(input instanceof TurnInput.Abandoned(var message))) {
      return input;
    }
    return waiters.hasCompany(message)
        ? new TurnInput.Expired(List.of())
        : new TurnInput.Abandoned(waiters.exchangeOf(message));
  }

  private static MessageId sender(TurnInput input, MessageId exchange) {
    return input instanceof TurnInput.Arrival arrival ? arrival.message().id() : exchange;
  }

  /** Writes it down. Throws {@link StoreException}; then {@link #refuse} it. */
  public void commit(Prepared prepared) {
    if (!prepared.batch.isEmpty()) {
      store.commit(prepared.batch);
    }
    queues.putAll(prepared.decided.work().queues());
  }

  /**
   * After a commit, where other gateways write to the store too: what neither saw of the other.
   * Empty where there is nothing to look at.
   */
  Optional<TurnInput.Look> lookAgain(Prepared prepared) {
    if (!store.isShared()) {
      return Optional.empty();
    }
    try {
      var look = new SecondLook(store, deployments.get());
      var found = look.after(prepared.batch, prepared.decided.work());
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(new TurnInput.Look(List.copyOf(found)));
    } catch (StoreException e) {
      LOG.warn("What other gateways committed is looked at later: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Answers whoever waits; must come after the commit, in the order of the commits. */
  public void release(Prepared prepared) {
    for (int i = 0; i < prepared.inputs.size(); i++) {
      var pending = prepared.inputs.get(i);
      switch (prepared.decided.verdicts().get(i)) {
        case Verdict.Answered(var answer) -> pending.outcome().complete(answer);
        case Verdict.Waits(var exchange) ->
            waiters.add(exchange, sender(pending.input(), exchange), pending.outcome());
      }
      if (pending.input() instanceof TurnInput.Abandoned(var message)) {
        waiters.leave(message);
      }
    }
    prepared.decided.answers().forEach(waiters::release);
  }

  /** Nothing of the batch was kept: every sender is told to try again. */
  public void refuse(List<Pending> inputs, String reason) {
    inputs.forEach(p -> p.outcome().complete(unavailable(reason)));
  }

  /** The gateway stops: nobody waits any longer. */
  public void close(String reason) {
    waiters.close(unavailable(reason));
  }

  static Answer unavailable(String reason) {
    return Answer.refused(FaultKind.UNAVAILABLE, reason, "Send it again later.");
  }

  /** What the batch sends; not what it withdrew itself. */
  public List<OutboxRow> outbound(Prepared prepared) {
    var batch = prepared.batch;
    // What has not been tried is new, or an operator's replay.
    return Stream.concat(batch.newOutbox().stream(), batch.changedOutbox().stream())
        .filter(o -> o.state() == OutboxState.PENDING && o.attempts() == 0)
        .toList();
  }

  private static Stream<MessageId> collected(TurnInput input) {
    return switch (input) {
      case TurnInput.Expired(var rows) -> rows.stream().map(WaitingRow::message);
      case TurnInput.Gone(var ids) -> ids.stream();
      default -> Stream.of();
    };
  }

  private void readAhead(StoreView view, List<Pending> inputs) {
    var identities = new ArrayList<Digest>();
    // A set: what is asked for twice would be found twice.
    var slots = new LinkedHashSet<Slot>();
    for (var pending : inputs) {
      if (pending.input() instanceof TurnInput.Arrival(var message, var bearing, var _, var keys)) {
        identities.addAll(bearing);
        var name = MessageName.of(message);
        deployments
            .get()
            .latest(message.process())
            .map(v -> Subscriptions.digests(v.process(), keys))
            .ifPresent(found -> found.forEach(d -> slots.add(Subscriptions.slot(name, d))));
      }
    }
    view.readAhead(identities, slots);
    view.readMessages(inputs.stream().flatMap(p -> collected(p.input())).toList());
  }
}
