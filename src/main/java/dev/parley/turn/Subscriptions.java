package dev.parley.turn;

import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.message.Digest;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the store looks an instance up by: all of it follows from the instance. */
final class Subscriptions {
  private Subscriptions() {}

  /**
   * The enabled receives of an instance, each under every one of its message's keys that is set: a
   * message need not bear all of them.
   */
  static Set<SubscriptionRow> of(ExecutableProcess process, @Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<SubscriptionRow>();
    if (instance != null) {
      for (var token : instance.tokens()) {
        if (token.waiting() instanceof Waiting.ForMessage) {
          slots(process, instance, token)
              .forEach(s -> rows.add(new SubscriptionRow(s, instance.id(), token.id())));
        }
      }
    }
    return rows;
  }

  private static Stream<Slot> slots(
      ExecutableProcess process, ProcessInstance instance, Token token) {
    var receive = Element.receiveOf(process.node(token.node()).element()).orElseThrow();
    var message = receive.message();
    return process.extraction(message.operation(), message.kind()).stream()
        .flatMap(e -> e.keys().stream())
        .filter(k -> instance.keys().has(k.key()))
        .map(k -> slot(message, digest(process, instance.keys(), k.key())));
  }

  static Set<TimerRow> timers(@Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<TimerRow>();
    if (instance != null) {
      instance.timers().forEach(t -> rows.add(new TimerRow(t.dueAt(), instance.id(), t.id())));
    }
    return rows;
  }

  static Slot slot(MessageName message, Digest key) {
    return new Slot(key, message.operation(), message.kind());
  }

  /** The keys of a set, by the names that their process gives them. */
  static List<CorrelationKey> keys(ExecutableProcess process, KeySet keys) {
    var named = new ArrayList<CorrelationKey>(keys.values().size());
    for (int number : keys.values().keySet()) {
      named.add(keys.key(process.key(), name(process, number), number));
    }
    return named;
  }

  /** What the keys of a set are looked up by. */
  static List<Digest> digests(ExecutableProcess process, KeySet keys) {
    var digests = new ArrayList<Digest>(keys.values().size());
    for (int number : keys.values().keySet()) {
      digests.add(digest(process, keys, number));
    }
    return digests;
  }

  static Digest digest(ExecutableProcess process, KeySet keys, int number) {
    return keys.digest(process.key(), name(process, number), number);
  }

  private static String name(ExecutableProcess process, int number) {
    return process.keys().get(number).name();
  }
}
