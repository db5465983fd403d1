package dev.parley.simulation;

import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Store;
import dev.parley.turn.Share;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands in what is due, as {@code dev.parley.turn.Alarm} does, but looks only when it must. */
final class SimulatedAlarm {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final int MOST = 256;

  /** For so long, and a bit, what is another gateway's is left to it. */
  private static final Duration OTHERS = Duration.ofMillis(5001);

  private final World world;
  private final SimulatedGateway gateway;
  private final Store store;
  private final Set<TimerRow> handedIn = new HashSet<>();
  private boolean expiring;
  private @Nullable Instant set;

  SimulatedAlarm(World world, SimulatedGateway gateway, Store store) {
    this.world = world;
    this.gateway = gateway;
    this.store = store;
  }

  /** Sets the alarm to what is due next. */
  void wind() {
    var tables = world.tables();
    var share = Share.of(store);
    var timers =
        tables.timers.stream()
            .filter(t -> !handedIn.contains(t))
            .map(
                t ->
                    share.isOurs(t.instance().value(), t.dueAt(), t.dueAt())
                        ? t.dueAt()
                        : t.dueAt().plus(OTHERS));
    var waiting =
        expiring || !share.isFirst()
            ? Stream.<Instant>empty()
            : tables.messages.values().stream()
                .filter(m -> m.state() == MessageState.WAITING && m.expiresAt() != null)
                .map(MessageRow::expiresAt)
                .map(Objects::requireNonNull);
    Stream.concat(timers, waiting).min(Instant::compareTo).ifPresent(this::set);
  }

  private void set(Instant due) {
    var soonest = world.agenda().instant().plus(world.chance().upTo(TICK)).plusMillis(1);
    var when = due.isBefore(soonest) ? soonest : due;
    var already = set;
    if (already == null || when.isBefore(already)) {
      set = when;
      gateway.at(when, () -> ring(when));
    }
  }

  private void ring(Instant when) {
    if (!when.equals(set)) {
      return;
    }
    set = null;
    var now = world.agenda().instant();
    var share = Share.of(store);
    for (var timer : store.dueTimers(now, MOST)) {
      boolean isOurs = share.isOurs(timer.instance().value(), timer.dueAt(), now);
      if (isOurs && handedIn.add(timer)) {
        gateway.submit(
            new TurnInput.TimerDue(timer.instance(), (int) timer.timer()),
            _ -> {
              handedIn.remove(timer);
              wind();
            });
      }
    }
    if (share.isFirst()) {
      expire(now);
    }
    wind();
  }

  private void expire(Instant now) {
    var expired = store.expired(now, MOST);
    if (!expired.isEmpty() && !expiring) {
      expiring = true;
      gateway.submit(
          new TurnInput.Expired(expired),
          _ -> {
            expiring = false;
            wind();
          });
    }
  }
}
