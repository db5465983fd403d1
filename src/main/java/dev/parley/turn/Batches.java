package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.News;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prepares, commits and releases batches of inputs; has no thread of its own. A batch may be
 * prepared while the one before it is being committed: it then stands on what that one decided, and
 * is prepared again should that one fail.
 */
public final class Batches {
  private final Store store;
  private final LongSupplier ids;
  private final Supplier<Deployments> deployments;
  private final Waiters waiters;
  private final QueueSizes queues;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  /** Whether an instance runs a version that is not loaded here. */
  private volatile boolean isBehind;

  /** So many have been prepared. */
  private long prepared;

  /** Number of the newest commit of others that everything here knows of. */
  private volatile long heard;

  public Batches(Store store, LongSupplier ids, Supplier<Deployments> deployments) {
    this.store = store;
    this.ids = ids;
    this.deployments = deployments;
    this.waiters = new Waiters();
    this.heard = store.opened();
    this.queues = new QueueSizes(counted());
  }

  /** What waits as of what has been heard: others may commit while it is counted. */
  private List<QueueRow> counted() {
    List<QueueRow> counted;
    List<News> meanwhile;
    do {
      counted = store.queues();
      meanwhile = store.news();
      heard = meanwhile.isEmpty() ? heard : meanwhile.getLast().number();
    } while (meanwhile.stream().anyMatch(n -> !n.queues().isEmpty()));
    return counted;
  }

  /** How much waits, by what has been committed. */
  Collection<QueueRow> queues() {
    return queues.all().values();
  }

  /** An input and who waits for its outcome. */
  public record Pending(TurnInput input, CompletableFuture<Answer> outcome) {}

  /** A decided batch, not yet committed. */
  public static final class Prepared {
    private final List<Pending> inputs;
    private final Decider.Decided decided;
    private final Batch batch;
    private final ReadSet reads;
    private final long number;

    /** What was heard of when its commit began: it does not show what others did after it. */
    private volatile long heardBefore = Long.MAX_VALUE;

    private Prepared(List<Pending> inputs, Decider.Decided decided, ReadSet reads, long number) {
      this.inputs = inputs;
      this.decided = decided;
      this.batch = decided.work().toBatch();
      this.reads = reads;
      this.number = number;
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
    // First: what is heard of meanwhile makes the decision older than it is, not newer.
    long known = heard;
    var reads = new ReadSet(inFlight == null ? known : Math.min(known, inFlight.heardBefore));
    var sizes =
        inFlight == null ? queues.all() : queues.before(inFlight.number, inFlight.batch.queues());
    var stored = new StoreView(store, sizes);
    readAhead(stored, inputs);
    View below = stored;
    if (inFlight != null) {
      inFlight.decided.work().rebase(stored);
      below = inFlight.decided.work();
    }
    if (store.isShared()) {
      below = new Observed(below, reads);
    }
    var given = new Journey.Circumstances(time(clock), ids, store.bootId(), store.gateways());
    var plain = inputs.stream().map(p -> resolved(p.input())).toList();
    var decided = decide(plain, below, given);
    return new Prepared(inputs, decided, reads, ++prepared);
  }

  private Decider.Decided decide(List<TurnInput> inputs, View below, Journey.Circumstances given) {
    try {
      return Decider.decide(inputs, below, deployments.get(), given);
    } catch (StoreException e) {
      isBehind |= e.isLostRace();
      throw e;
    }
  }

  private Instant time(Instant clock) {
    var millis = Instant.ofEpochMilli(clock.toEpochMilli());
    return now.accumulateAndGet(millis, (last, next) -> next.isAfter(last) ? next : last);
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
    prepared.heardBefore = heard;
    // Also a refusal that writes nothing rests on what was read.
    if (!prepared.batch.isEmpty() || store.isShared()) {
      store.commit(prepared.batch, prepared.reads);
    }
    queues.grow(prepared.number, prepared.batch.queues());
  }

  /**
   * What other gateways have committed is known here from now on. Returns the exchanges that they
   * ended: {@link #tell} whoever waits for them. Throws {@link StoreException}.
   *
   * @param whenDeployed loads what they deployed before anything more is decided; must not throw
   */
  public synchronized List<MessageId> hear(Runnable whenDeployed) {
    var news = store.news();
    for (var one : news) {
      queues.grow(one.queues());
      time(one.at());
    }
    if (isBehind || news.stream().anyMatch(News::deployed)) {
      isBehind = false;
      whenDeployed.run();
    }
    heard = news.isEmpty() ? heard : news.getLast().number();
    return news.stream().flatMap(n -> n.answered().stream()).toList();
  }

  /**
   * Whoever waits here for exchanges that ended elsewhere is told how. Must come after the release
   * of everything that was committed before they were heard of. Throws {@link StoreException}.
   */
  public void tell(List<MessageId> answered) {
    var awaited = answered.stream().filter(waiters::isAwaited).toList();
    store
        .messages(awaited)
        .values()
        .forEach(row -> Answering.onConnection(row).ifPresent(a -> waiters.release(row.id(), a)));
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
    // Whoever takes on another gateway's looks first whether it may be sent again.
    var takenOn =
        prepared.inputs.stream().flatMap(p -> takenOn(p.input())).collect(Collectors.toSet());
    // What has not been tried is new, or an operator's replay.
    return Stream.concat(batch.newOutbox().stream(), batch.changedOutbox().stream())
        .filter(o -> !takenOn.contains(o.id()))
        .filter(o -> o.state() == OutboxState.PENDING && o.attempts() == 0)
        .toList();
  }

  private static Stream<MessageId> takenOn(TurnInput input) {
    return input instanceof TurnInput.TakeOn(var ids) ? ids.stream() : Stream.of();
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
