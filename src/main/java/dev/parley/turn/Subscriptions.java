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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the store looks an instance up by: all of it follows from the instance. */
final class Subscriptions {
  /** The process's own scope. */
  private static final int PROCESS_SCOPE = 0;

  private Subscriptions() {}

  /**
   * The enabled receives of an instance, each under the first of its message's keys that is set.
   */
  static Set<SubscriptionRow> of(ExecutableProcess process, @Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<SubscriptionRow>();
    if (instance != null) {
      for (var token : instance.tokens()) {
        if (token.waiting() instanceof Waiting.ForMessage) {
          slot(process, instance, token)
              .ifPresent(s -> rows.add(new SubscriptionRow(s, instance.id(), token.id())));
        }
      }
    }
    return rows;
  }

  private static Optional<Slot> slot(
      ExecutableProcess process, ProcessInstance instance, Token token) {
    var receive = Element.receiveOf(process.node(token.node()).element()).orElseThrow();
    var message = receive.message();
    return process
        .extraction(message.operation(), message.kind())
        .flatMap(e -> e.keys().stream().filter(k -> instance.keys().has(k.key())).findFirst())
        .map(k -> slot(message, key(process, instance.keys(), k.key()).digest()));
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
    keys.values().keySet().forEach(k -> named.add(key(process, keys, k)));
    return named;
  }

  static CorrelationKey key(ExecutableProcess process, KeySet keys, int number) {
    var values = keys.values().get(number);
    if (values == null) {
      throw new IllegalArgumentException("Key %d is not set".formatted(number));
    }
    return new CorrelationKey(
        process.key(), PROCESS_SCOPE, process.keys().get(number).name(), values);
  }
}
