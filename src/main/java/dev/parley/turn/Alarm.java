package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final long TICK_MILLIS = 50;
  private static final int MOST = 256;

  private final Turns turns;
  private final InstantSource clock;
  private final Set<TimerRow> handedIn = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean running = true;

  public Alarm(Turns turns, InstantSource clock) {
    this.turns = turns;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("parley-alarm").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        ring(clock.instant());
      } catch (StoreException e) {
        LOG.warn("Timers cannot be read from the store: {}", e.getMessage());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
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
    running = false;
    LockSupport.unpark(thread);
  }
}
