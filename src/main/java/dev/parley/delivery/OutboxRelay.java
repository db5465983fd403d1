package dev.parley.delivery;

import dev.parley.deployment.Destination;
import dev.parley.message.MessageId;
import dev.parley.message.WireId;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.Alarm;
import dev.parley.turn.Checkpoint;
import dev.parley.turn.Committed;
import dev.parley.turn.Dispatch;
import dev.parley.turn.Time;
import dev.parley.turn.TurnInput;
import dev.parley.turn.TurnInput.SendOutcome;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was committed: directly after the commit, and again at the times that the delivery
 * policy says. Every attempt bears the same message id. What came of it is the input of another
 * turn.
 */
public final class OutboxRelay implements Committed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** A peer holds a robust exchange for a minute, by default, before it acknowledges. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration SOON = Duration.ofSeconds(2);

  private final Turns turns;
  private final List<PartnerTransport> transports;
  private final Time time;
  private final Checkpoint.Probe probe;
  private final Set<MessageId> inFlight = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("parley-send-", 0).factory());
  private Redelivery redelivery = (_, _) -> {};

  public OutboxRelay(
      Turns turns, List<PartnerTransport> transports, Time time, Checkpoint.Probe probe) {
    this.turns = turns;
    this.transports = List.copyOf(transports);
    this.time = time;
    this.probe = probe;
  }

  /** Before the first message: who remembers the times of further attempts. */
  public void remind(Redelivery who) {
    this.redelivery = who;
  }

  @Override
  public void committed(List<OutboxRow> outbound) {
    for (var row : outbound) {
      if (inFlight.add(row.id())) {
        begin(row);
      }
    }
  }

  /**
   * Another attempt, unless one is under way or none is due any more. Reads the store: not on a
   * virtual thread.
   */
  public void redeliver(MessageId message) {
    if (!inFlight.add(message)) {
      return;
    }
    var row = turns.store().outbox(List.of(message)).get(message);
    if (row == null || row.state() != OutboxState.PENDING) {
      inFlight.remove(message);
    } else {
      begin(row);
    }
  }

  /**
   * A message of an earlier boot whose delivery was under way, perhaps, when the gateway ended:
   * sent again, or in doubt where it must not be sent twice.
   */
  public void recover(OutboxRow row) {
    try {
      Retries.afterRestart(Dispatch.of(row, turns.deployments()).policy())
          .ifPresentOrElse(outcome -> tell(row, outcome), () -> redeliver(row.id()));
    } catch (RuntimeException e) {
      LOG.error("Message {} cannot be sent any more", row.id(), e);
      tell(row, new SendOutcome.Failed(false, "How it is sent is not known any more"));
    }
  }

  private void begin(OutboxRow row) {
    try {
      work(() -> attempt(row));
    } catch (RejectedExecutionException e) {
      // The gateway stops: the row is found after the next start.
      inFlight.remove(row.id());
    }
  }

  private void work(Runnable task) {
    time.workBegins();
    try {
      senders.execute(
          () -> {
            try {
              task.run();
            } finally {
              time.workEnds();
            }
          });
    } catch (RejectedExecutionException e) {
      time.workEnds();
      throw e;
    }
  }

  private void attempt(OutboxRow row) {
    try {
      var dispatch = Dispatch.of(row, turns.deployments());
      var policy = dispatch.policy();
      if (time.instant().isAfter(Retries.deadline(row, policy))) {
        tell(
            row,
            new SendOutcome.Failed(true, "The time for its delivery was over: " + row.lastError()));
        return;
      }
      probe.at(Checkpoint.BEFORE_SEND);
      var attempt = send(row, dispatch);
      probe.at(Checkpoint.AFTER_SEND);
      tell(row, Retries.after(attempt, row, dispatch, time.instant()));
    } catch (RuntimeException e) {
      LOG.error("Message {} could not be sent", row.id(), e);
      inFlight.remove(row.id());
    }
  }

  private Attempt send(OutboxRow row, Dispatch dispatch) {
    var consignment =
        new Consignment(
            row.message(),
            dispatch.contract(),
            dispatch.operation(),
            row.endpoint(),
            WireId.of(turns.store().storeId(), row.id()),
            timeout(row, dispatch),
            dispatch.fault(),
            dispatch.given());
    for (var transport : transports) {
      if (transport.carries(row.endpoint())) {
        return attempt(transport, consignment);
      }
    }
    return new Attempt.Failed("No transport carries " + row.endpoint(), true, false);
  }

  private static Attempt attempt(PartnerTransport transport, Consignment consignment) {
    try {
      return transport.send(consignment);
    } catch (RuntimeException e) {
      LOG.error("Expected a transport to tell of its failures, not to throw", e);
      return new Attempt.Failed("The transport failed: " + e.getMessage(), false, true);
    }
  }

  /** What was heard must reach a turn: while the gateway cannot take it, it is handed in again. */
  private void tell(OutboxRow row, SendOutcome outcome) {
    var _ =
        turns
            .submit(new TurnInput.Sent(row.id(), outcome))
            .thenAccept(
                answer -> {
                  if (Alarm.isUnavailable(answer)) {
                    tellLater(row, outcome);
                    return;
                  }
                  inFlight.remove(row.id());
                  if (outcome instanceof SendOutcome.Retry(var at, var _)) {
                    redelivery.schedule(row.id(), at);
                  }
                });
  }

  private void tellLater(OutboxRow row, SendOutcome outcome) {
    try {
      work(
          () -> {
            if (pause()) {
              tell(row, outcome);
            }
          });
    } catch (RejectedExecutionException e) {
      // The gateway stops: what was heard is found out again after the next start.
      inFlight.remove(row.id());
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** No connection is held while a process of this gateway works on its answer. */
  private Duration timeout(OutboxRow row, Dispatch dispatch) {
    boolean whole =
        dispatch.answerWithin() != null || Destination.process(row.endpoint()).isPresent();
    if (!whole) {
      return dispatch.mayBeHeld() ? PATIENCE : TIMEOUT;
    }
    var left = Duration.between(time.instant(), Retries.deadline(row, dispatch.policy()));
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  /**
   * Attempts under way may end soon, and the turns are told; those that do not are interrupted, and
   * what became of them is found out after the next start.
   */
  @Override
  public void close() {
    senders.shutdown();
    try {
      senders.awaitTermination(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    senders.shutdownNow();
  }
}
