package dev.parley.turn;

import dev.parley.deployment.Element;
import dev.parley.deployment.Trigger;
import dev.parley.engine.Effect;
import dev.parley.engine.Input;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * Signals thrown in a turn reach everybody who waits for them in the same turn (BPMN 2.0.2, clause
 * 13.5.2): thrower and catchers change in one commit.
 */
final class Signals {
  /** More than these in one turn are signals that answer each other for ever. */
  private static final int MOST = 10_000;

  private static final QName SIGNAL = new QName("urn:parley:1", "signal");

  private record Thrown(Effect.Signal signal, InstanceId by, List<SubscriptionRow> to) {}

  private final Journey journey;
  private final ArrayDeque<Thrown> thrown = new ArrayDeque<>();
  private int delivered;

  Signals(Journey journey) {
    this.journey = journey;
  }

  /**
   * Remembers who waits now: who begins to wait afterwards has missed it.
   *
   * @param newest number that its instance had given before the step that throws it
   */
  void add(Effect.Signal signal, InstanceId by, int newest) {
    var to =
        journey.work().subscriptions(slot(signal.name())).stream()
            .filter(row -> !row.instance().equals(by) || row.token() <= newest)
            .toList();
    thrown.add(new Thrown(signal, by, to));
  }

  /** Whether one was delivered; whoever gets it may throw further ones. */
  boolean deliver() {
    var next = thrown.poll();
    if (next == null) {
      return false;
    }
    for (var row : next.to()) {
      if (++delivered > MOST) {
        endless(next);
        break;
      }
      deliver(next.signal(), row);
    }
    return true;
  }

  private void deliver(Effect.Signal signal, SubscriptionRow to) {
    journey
        .work()
        .instance(to.instance())
        .map(View.Loaded::instance)
        .filter(i -> i.isLive() && i.catchOf((int) to.token()).isPresent())
        .ifPresent(i -> journey.step(i, new Input.Signalled((int) to.token(), signal.data())));
  }

  private void endless(Thrown last) {
    thrown.clear();
    journey.incident(
        last.by(),
        "EndlessSignals",
        "More than %d signals in one turn; '%s' was told to nobody any more"
            .formatted(MOST, last.signal().name()));
  }

  /** The name of the signal that an element waits for. */
  static Optional<String> awaited(Element element) {
    return element.trigger() instanceof Trigger.Signal(var name, var _)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Where those who wait for a signal are found. */
  static Slot slot(String name) {
    return new Slot(
        Digest.of("signal", name), new OperationName(SIGNAL, "signal"), MessageKind.INPUT);
  }
}
