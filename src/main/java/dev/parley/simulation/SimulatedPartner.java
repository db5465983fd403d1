package dev.parley.simulation;

import dev.parley.delivery.Attempt;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.namespace.QName;

/** The other side: keeps a ledger by wire id, and removes duplicates as a good partner does. */
final class SimulatedPartner {
  /**
   * What the partner knows of one message.
   *
   * @param receipts how often it came
   */
  record Entry(Message message, int receipts, Attempt outcome) {}

  /** What becomes of one attempt, and after how long. */
  record Fate(Attempt attempt, Duration after) {}

  private final World world;
  private final Map<String, Entry> ledger = new LinkedHashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();

  SimulatedPartner(World world) {
    this.world = world;
  }

  Map<String, Entry> ledger() {
    return ledger;
  }

  int attempts(String wireId) {
    return attempts.getOrDefault(wireId, 0);
  }

  Fate receive(String wireId, Message message) {
    attempts.merge(wireId, 1, Integer::sum);
    var chance = world.chance();
    if (!world.trouble(world.swarm().partnerTrouble())) {
      return new Fate(act(wireId, message), chance.upTo(Duration.ofSeconds(2)));
    }
    return switch (chance.below(7)) {
      case 0 -> failed("Connection refused", true, true, Duration.ofMillis(1));
      case 1 -> failed("The request was lost", false, true, Duration.ofSeconds(30));
      case 2 -> {
        act(wireId, message);
        yield failed("The answer was lost", false, true, Duration.ofSeconds(30));
      }
      case 3 -> failed("HTTP 503", false, true, Duration.ofMillis(20));
      case 4 -> failed("HTTP 400", false, false, Duration.ofMillis(20));
      case 5 -> {
        act(wireId, message);
        yield new Fate(act(wireId, message), Duration.ofMillis(5));
      }
      default -> new Fate(act(wireId, message), chance.upTo(Duration.ofHours(2)));
    };
  }

  private static Fate failed(String why, boolean notSent, boolean retry, Duration after) {
    return new Fate(new Attempt.Failed(why, notSent, retry), after);
  }

  private Attempt act(String wireId, Message message) {
    var before = ledger.get(wireId);
    if (before != null && !before.message().body().equals(message.body())) {
      throw new Violation("one wire id, one message", message.id(), "Its body changed");
    }
    var outcome = before == null ? decide(message) : before.outcome();
    ledger.put(wireId, new Entry(message, before == null ? 1 : before.receipts() + 1, outcome));
    return outcome;
  }

  private Attempt decide(Message message) {
    if (message.operation().operation().equals("notify")) {
      return Attempt.ACKNOWLEDGED;
    }
    String namespace = Models.namespace("partner");
    boolean refuses = world.chance().percent(20);
    String element = refuses ? "outOfStock" : "reserved";
    var body =
        Body.of(
            "<%s xmlns=\"%s\"><subject>%s</subject><nonce>%s</nonce></%s>"
                .formatted(
                    element,
                    namespace,
                    Fields.of(message.body(), "subject"),
                    Fields.of(message.body(), "nonce"),
                    element));
    return refuses
        ? new Attempt.Faulted(new Fault.Declared(new QName(namespace, element), body, element))
        : new Attempt.Replied(body);
  }
}
