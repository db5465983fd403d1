package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  private final Turns turns;
  private final Time time;
  private final Set<TimerRow> handedIn = ConcurrentHashMap.newKeySet();
  private Time.Beat beat = () -> {};

  public Alarm(Turns turns, Time time) {
    this.turns = turns;
    this.time = time;
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
    for (var timer : turns.store().dueTimers(now, MOST)) {
      if (handedIn.add(timer)) {
        var _ =
            turns
                .submit(new TurnInput.TimerDue(timer.instance(), (int) timer.timer()))
                .thenRun(() -> handedIn.remove(timer));
      }
    }
    List<WaitingRow> expired = turns.store().expired(now, MOST);
    if (!expired.isEmpty()) {
      turns.submit(new TurnInput.Expired(expired)).join();
    }
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
