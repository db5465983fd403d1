package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.correlation.MessageKeys;
import dev.parley.expression.EvaluationException;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Commits.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs turns: one thread decides a batch of whatever waits while another one commits the batch
 * before. Nobody is answered before the commit.
 */
public final class Turns implements Door, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final String STOPS = "The gateway stops";
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /**
   * Bounds.
   *
   * @param batch inputs in one commit, at most
   * @param batchBytes of their payloads; the input that reaches it is the batch's last
   * @param waiting inputs that may wait for a batch; more are refused
   * @param waitingBytes of their payloads
   */
  public record Limits(int batch, long batchBytes, int waiting, long waitingBytes) {
    public static final Limits DEFAULT = new Limits(512, 16L << 20, 20_000, 128L << 20);
  }

  private final Store store;
  private final Time time;
  private final IdSource ids;
  private final Inbox inbox;
  private final Batches batches;
  private final AtomicReference<Deployments> deployments = new AtomicReference<>(Deployments.NONE);
  private final Commits commits;
  private final Pipeline pipeline;
  private final Thread decider;
  private Runnable whenDeployed = () -> {};
  private Time.Beat following = () -> {};
  private volatile @Nullable String stopped;

  public Turns(Store store, Time time, Limits limits) {
    this.store = store;
    this.time = time;
    this.ids = new IdSource(time, store.bootId());
    this.inbox = new Inbox(limits);
    this.batches = new Batches(store, ids, deployments::get);
    this.commits = new Commits(batches, this::settled, this::over);
    this.pipeline = new Pipeline(batches, commits, time, this::hear, this::refuse);
    this.decider = Thread.ofPlatform().name("parley-decide").daemon().unstarted(this::run);
  }

  /** Before {@link #start}: who is told what a commit released. */
  public void listen(Committed listener) {
    commits.listen(listener);
  }

  /**
   * Before {@link #start}: who is told that a point was reached, and what to do when the store
   * breaks for good.
   */
  public void watch(Checkpoint.Probe probe, Runnable whenBroken) {
    commits.watch(
        probe,
        () -> {
          stop("The gateway stops because its store failed");
          whenBroken.run();
        });
  }

  /** Before {@link #start}: loads what another gateway has deployed; must not throw. */
  public void follow(Runnable deployed) {
    whenDeployed = deployed;
  }

  public void start() {
    decider.start();
    if (store.isShared()) {
      following = time.every("parley-news", TICK, this::follow);
    }
  }

  /** What runs now. */
  public Deployments deployments() {
    return deployments.get();
  }

  /** From now on these run; what is hosted is not touched. */
  public void use(Deployments next) {
    deployments.set(next);
  }

  @Override
  public MessageId nextId() {
    return new MessageId(ids.getAsLong());
  }

  /** A new instance's number. */
  public InstanceId nextInstanceId() {
    return new InstanceId(ids.getAsLong());
  }

  @Override
  public CompletableFuture<Answer> submit(Message message) {
    try {
      return submit(arrival(message, deployments.get()));
    } catch (EvaluationException e) {
      return CompletableFuture.completedFuture(
          Answer.refused(
              FaultKind.INVALID_MESSAGE,
              "The message's correlation keys cannot be found: " + e.getMessage(),
              "Send the elements that the process's correlation properties select."));
    }
  }

  /**
   * The input that a message is: with its identities, and its keys by the newest version of its
   * process. Throws {@link EvaluationException} where an expression fails.
   */
  public static TurnInput.Arrival arrival(Message message, Deployments deployments) {
    var latest = deployments.latest(message.process());
    if (latest.isEmpty()) {
      return new TurnInput.Arrival(message, Identities.of(message, null), 0, KeySet.NONE);
    }
    var read = MessageKeys.read(latest.get().process(), message);
    var identities = Identities.of(message, read.identity());
    if (!identities.isEmpty()) {
      // Computed here, where many do so at once, and kept.
      var _ = message.body().digest();
    }
    return new TurnInput.Arrival(message, identities, latest.get().definition(), read.keys());
  }

  @Override
  public CompletableFuture<Answer> abandon(MessageId exchange) {
    return submit(new TurnInput.Abandoned(exchange));
  }

  /** Completes when the input's batch has been committed, or with a refusal. */
  public CompletableFuture<Answer> submit(TurnInput input) {
    var outcome = new CompletableFuture<Answer>();
    var pending = new Pending(input, outcome);
    time.workBegins();
    var why = stopped;
    if (why == null && !inbox.offer(pending)) {
      why = "The gateway has too many messages to decide";
    } else if (why == null && stopped != null && inbox.remove(pending)) {
      // Whoever stopped had emptied the inbox just before this came in.
      why = stopped;
    }
    if (why != null) {
      outcome.complete(Batches.unavailable(why));
      time.workEnds();
    }
    return outcome;
  }

  private void run() {
    while (stopped == null) {
      var inputs = take();
      if (inputs.isEmpty()) {
        pipeline.rest();
      } else {
        pipeline.decide(inputs);
      }
    }
    pipeline.end(String.valueOf(stopped));
    refuse(inbox.takeAll(), String.valueOf(stopped));
  }

  private void refuse(List<Pending> inputs, String why) {
    batches.refuse(inputs, why);
    settled(inputs);
  }

  /** Whoever decides waits no longer for what may never come. */
  private void over(Outcome outcome) {
    if (outcome == Outcome.LOST_RACE) {
      inbox.wake();
    }
  }

  /** What other gateways have committed is known here; whoever waits for an answer is told. */
  private void hear() {
    var answered = batches.hear(whenDeployed);
    if (!answered.isEmpty()) {
      commits.tell(answered);
    }
  }

  private void follow() {
    try {
      store.awaitNews(PATIENCE);
      hear();
    } catch (StoreException e) {
      LOG.warn("What other gateways commit cannot be read: {}", e.getMessage());
      if (!e.nothingWritten()) {
        // They took this one for ended, or it was away for too long to hear everything.
        following.close();
        commits.broken();
        return;
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  /** Whatever came of them has come. */
  private void settled(List<Pending> inputs) {
    inputs.forEach(_ -> time.workEnds());
  }

  private List<Pending> take() {
    try {
      return inbox.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(STOPS);
      return List.of();
    }
  }

  private void stop(String why) {
    stopped = why;
    batches.close(why);
  }

  /** Takes nothing more, finishes what was taken, and tells whoever waits. The store stays open. */
  @Override
  public void close() {
    following.close();
    var last = new TurnInput.Expired(List.of());
    submit(last).orTimeout(10, TimeUnit.SECONDS).exceptionally(_ -> Answer.ACCEPTED).join();
    stopped = STOPS;
    inbox.wake();
    try {
      decider.join(TimeUnit.SECONDS.toMillis(10));
      commits.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Only now: a batch that is being released may hold the answer that a caller waits for.
    batches.close(STOPS);
  }

  /** How much waits in each queue. */
  Collection<QueueRow> queues() {
    return batches.queues();
  }

  /** The store that turns are written to, for reading. */
  public Store store() {
    return store;
  }
}
