package dev.parley.turn;

import dev.parley.message.MessageId;
import dev.parley.store.StoreException;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits batches on a thread of its own, one after another, and releases what they decided. */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  /** What became of a batch. */
  enum Outcome {
    KEPT,
    /** Whoever waited has been told so. */
    REFUSED,
    /** Another gateway was first: nobody has been told anything. */
    LOST_RACE
  }

  /** A batch that is being committed, or was. */
  record Flight(Prepared batch, Future<Outcome> outcome) {
    boolean isOver() {
      return outcome.isDone();
    }

    /** Waits for it. */
    Outcome await() {
      try {
        return outcome.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Outcome.REFUSED;
      } catch (ExecutionException e) {
        throw new IllegalStateException("Releasing a batch failed", e.getCause());
      }
    }
  }

  private final Batches batches;
  private final Consumer<List<Pending>> whenSettled;
  private final Consumer<Outcome> whenOver;
  private final List<Committed> listeners = new ArrayList<>();
  private final ExecutorService thread;
  private Checkpoint.Probe probe = _ -> {};
  private Runnable onBroken = () -> {};

  /**
   * No batch yet.
   *
   * @param whenSettled told whose outcome has come
   * @param whenOver told what became of a batch
   */
  Commits(Batches batches, Consumer<List<Pending>> whenSettled, Consumer<Outcome> whenOver) {
    this.batches = batches;
    this.whenSettled = whenSettled;
    this.whenOver = whenOver;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("parley-commit").daemon().factory());
  }

  void listen(Committed listener) {
    listeners.add(listener);
  }

  void watch(Checkpoint.Probe newProbe, Runnable whenBroken) {
    this.probe = newProbe;
    this.onBroken = whenBroken;
  }

  /** Takes off; must be called by one thread only. */
  Flight begin(Prepared batch) {
    probe.at(Checkpoint.BATCH_DECIDED);
    return new Flight(batch, thread.submit(() -> commit(batch)));
  }

  private Outcome commit(Prepared batch) {
    var outcome = Outcome.REFUSED;
    try {
      batches.commit(batch);
      outcome = Outcome.KEPT;
      released(batch);
    } catch (StoreException e) {
      if (e.isLostRace()) {
        LOG.debug("{} inputs are decided again: {}", batch.inputs().size(), e.getMessage());
        outcome = Outcome.LOST_RACE;
      } else {
        failed(batch, e, e.nothingWritten());
      }
    } catch (RuntimeException e) {
      failed(batch, e, true);
    } finally {
      if (outcome != Outcome.LOST_RACE) {
        whenSettled.accept(batch.inputs());
      }
      whenOver.accept(outcome);
    }
    return outcome;
  }

  /** What goes wrong here does not undo the commit: whoever was not told finds it out by asking. */
  private void released(Prepared batch) {
    try {
      probe.at(Checkpoint.BATCH_COMMITTED);
      batches.release(batch);
      if (batch.answersMessages()) {
        probe.at(Checkpoint.ANSWERS_RELEASED);
      }
      var outbound = batches.outbound(batch);
      if (!outbound.isEmpty()) {
        listeners.forEach(l -> l.committed(outbound));
      }
    } catch (RuntimeException e) {
      LOG.error("What a batch of {} inputs released failed", batch.inputs().size(), e);
    }
  }

  private void failed(Prepared batch, RuntimeException e, boolean nothingWritten) {
    if (nothingWritten) {
      // No stack trace: a full disk refuses many, and the log may be on it.
      LOG.warn("{} inputs were refused: {}", batch.inputs().size(), e.getMessage());
    } else {
      LOG.error("A batch of {} inputs was not committed", batch.inputs().size(), e);
      onBroken.run();
    }
    batches.refuse(batch.inputs(), "The gateway cannot write to its store: " + e.getMessage());
  }

  /** The store has failed for good. */
  void broken() {
    onBroken.run();
  }

  /** Whoever waits for these exchanges is told, after whatever is being committed now. */
  void tell(List<MessageId> answered) {
    thread.execute(
        () -> {
          try {
            batches.tell(answered);
          } catch (RuntimeException e) {
            LOG.warn("Answers of other gateways cannot be read: {}", e.getMessage());
          }
        });
  }

  /** What has begun ends first. */
  void close() throws InterruptedException {
    thread.shutdown();
    var _ = thread.awaitTermination(10, TimeUnit.SECONDS);
  }
}
