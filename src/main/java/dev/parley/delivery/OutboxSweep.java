package dev.parley.delivery;

import dev.parley.message.MessageId;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import dev.parley.turn.Alarm;
import dev.parley.turn.Time;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds in the outbox what is due again: the redelivery that needs nothing but the store. */
public final class OutboxSweep implements Redelivery, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSweep.class);
  private static final Duration TICK = Duration.ofMillis(200);
  private static final int MOST = 256;

  /** A message that has not been tried once is left to the commit that wrote it for so long. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Turns turns;
  private final Store store;
  private final OutboxRelay relay;
  private final Time time;
  private Set<Integer> gateways = Set.of();
  private Time.Beat beat = () -> {};

  public OutboxSweep(Turns turns, OutboxRelay relay, Time time) {
    this.turns = turns;
    this.store = turns.store();
    this.relay = relay;
    this.time = time;
  }

  /** First what gateways left behind that have ended, then whatever comes due. */
  public void start() {
    takeOver();
    beat = time.every("parley-sweep", TICK, this::sweep);
  }

  /** What a gateway that has ended had to send is this one's, unless another one was first. */
  private void takeOver() {
    var up = store.gateways();
    for (var ids = store.forsakenOutbox(MOST); !ids.isEmpty(); ids = store.forsakenOutbox(MOST)) {
      if (Alarm.isUnavailable(turns.submit(new TurnInput.TakeOn(ids)).join())) {
        return;
      }
      store.outbox(ids).values().stream()
          .filter(row -> row.gateway() == store.bootId())
          .forEach(relay::recover);
    }
    gateways = up;
  }

  /** The row says when: nothing to remember. */
  @Override
  public void schedule(MessageId message, Instant at) {}

  private void sweep() {
    try {
      if (!store.gateways().equals(gateways)) {
        takeOver();
      }
      sweep(time.instant());
    } catch (StoreException e) {
      LOG.warn("The outbox cannot be read: {}", e.getMessage());
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  void sweep(Instant now) {
    for (var row : store.dueOutbox(now, MOST)) {
      if (row.attempts() > 0 || row.nextAttempt().plus(FRESH).isBefore(now)) {
        relay.redeliver(row.id());
      }
    }
  }

  @Override
  public void close() {
    beat.close();
  }
}
