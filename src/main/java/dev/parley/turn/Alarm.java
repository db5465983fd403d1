package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands timers that are due, and messages that have waited too long, to the turns. */
public final class Alarm implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final int MOST = 256;
  private static final int MOST_COLLECTED = 64;

  /** Collecting takes a quarter of the time at most, however much there is. */
  private static final Duration SHARE_OF_TICK = Duration.ofMillis(12);

  /** How often messages are looked for whose last taker has ended. */
  private static final Duration LOOKS = Duration.ofMinutes(1);

  private final Turns turns;
  private final Time time;
  private final Set<TimerRow> handedIn = ConcurrentHashMap.newKeySet();
  private final Orphans orphans;
  private Deployments looked = Deployments.NONE;
  private Instant nextLook = Instant.EPOCH;
  private Time.Beat beat = () -> {};

  public Alarm(Turns turns, Time time) {
    this.turns = turns;
    this.time = time;
    this.orphans = new Orphans(turns.store());
  }

  public void start() {
    beat = time.every("parley-alarm", TICK, this::ring);
  }

  private void ring() {
    try {
      ring(time.instant());
    } catch (StoreException e) {
      LOG.warn("Timers cannot be read from the store: {}", e.getMessage());
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  /** Hands in everything that is due now and has not been handed in. */
  void ring(Instant now) {
    var share = Share.of(turns.store());
    for (var timer : turns.store().dueTimers(now, MOST)) {
      boolean isOurs = share.isOurs(timer.instance().value(), timer.dueAt(), now);
      if (isOurs && handedIn.add(timer)) {
        var _ =
            turns
                .submit(new TurnInput.TimerDue(timer.instance(), (int) timer.timer()))
                .thenRun(() -> handedIn.remove(timer));
      }
    }
    long begun = System.nanoTime();
    boolean more = true;
    while (share.isFirst() && more && System.nanoTime() - begun < SHARE_OF_TICK.toNanos()) {
      more = collect(now);
    }
  }

  /** A small batch, so that what comes meanwhile hardly waits; says whether there may be more. */
  private boolean collect(Instant now) {
    var expired = turns.store().expired(now, MOST_COLLECTED);
    if (!expired.isEmpty()) {
      turns.submit(new TurnInput.Expired(expired)).join();
      return true;
    }
    boolean same = turns.deployments().equals(looked);
    if (turns.deployments().equals(Deployments.NONE) || (same && now.isBefore(nextLook))) {
      return false;
    }
    var gone = orphans.some(turns.queues(), turns.deployments(), MOST_COLLECTED);
    if (gone.isEmpty()) {
      looked = turns.deployments();
      nextLook = now.plus(LOOKS);
      return false;
    }
    turns.submit(new TurnInput.Gone(gone)).join();
    return true;
  }

  /** Whether an answer says that the gateway could not take an input now. */
  public static boolean isUnavailable(Answer answer) {
    return answer instanceof Answer.Faulted(var fault)
        && fault instanceof Fault.Gateway gateway
        && gateway.kind() == FaultKind.UNAVAILABLE;
  }

  @Override
  public void close() {
    beat.close();
  }
}
