package dev.parley.turn;

import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.KeySet;
import dev.parley.correlation.MessageKeys;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.engine.Exchanges;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.EvaluationException;
import dev.parley.message.Digest;
import dev.parley.message.Message;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the store looks an instance up by: all of it follows from the instance. */
final class Subscriptions {
  private Subscriptions() {}

  /**
   * The enabled receives of an instance, each under all keys of its message that are set: a message
   * need not carry all of them. And the signals and completions of user tasks it waits for. One
   * that is suspended takes no message.
   */
  static Set<SubscriptionRow> of(ExecutableProcess process, @Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<SubscriptionRow>();
    if (instance != null) {
      for (var caught : instance.catches()) {
        var element = process.node(caught.node()).element();
        element
            .receive()
            .filter(r -> !r.isResponse() && !instance.isSuspended())
            .ifPresent(r -> add(rows, process, instance, caught, r));
        Signals.awaited(element)
            .ifPresent(
                s -> rows.add(new SubscriptionRow(Signals.slot(s), instance.id(), caught.id())));
      }
      for (var token : instance.tokens()) {
        if (token.waiting() instanceof Waiting.ForCompletion) {
          for (var of : List.of(process.key(), UserTasks.OF_ALL)) {
            rows.add(new SubscriptionRow(UserTasks.slot(of), instance.id(), token.id()));
          }
        }
      }
    }
    return rows;
  }

  private static void add(
      Set<SubscriptionRow> rows,
      ExecutableProcess process,
      ProcessInstance instance,
      Catch caught,
      Receive receive) {
    var message = receive.message();
    var extraction = process.extraction(message.operation(), message.kind());
    if (extraction.isPresent()) {
      var held = instance.keys(caught.scope());
      for (var key : extraction.get().keys()) {
        if (held.has(key.key())) {
          var slot = slot(message, digest(process, held, key.key()));
          rows.add(new SubscriptionRow(slot, instance.id(), caught.id()));
        }
      }
    }
  }

  /** What the keys are looked up by that an instance holds, in all of its scopes. */
  static Set<Digest> held(ExecutableProcess process, @Nullable ProcessInstance instance) {
    var held = new LinkedHashSet<Digest>();
    if (instance != null) {
      instance.scopes().stream()
          .filter(s -> s.state() != Scope.State.ENDED)
          .forEach(s -> held.addAll(digests(process, s.keys())));
    }
    return held;
  }

  /**
   * Where answers to what an instance has sent can be taken, whatever their keys. No rows of the
   * store: an answer names its instance.
   */
  static Set<SubscriptionRow> answerable(
      ExecutableProcess process, @Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<SubscriptionRow>();
    if (instance != null) {
      for (var caught : instance.catches()) {
        process
            .node(caught.node())
            .element()
            .receive()
            .filter(r -> !r.isResponse())
            .map(r -> slot(r.message(), Relating.digest(instance.id())))
            .ifPresent(slot -> rows.add(new SubscriptionRow(slot, instance.id(), caught.id())));
      }
    }
    return rows;
  }

  /** What fires by itself: nothing while the instance is suspended. */
  static Set<TimerRow> timers(@Nullable ProcessInstance instance) {
    var rows = new LinkedHashSet<TimerRow>();
    if (instance != null && !instance.isSuspended()) {
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

  /** The keys that a message carries; none where an expression fails on it. */
  static KeySet keys(ExecutableProcess process, Message message) {
    try {
      return extracted(process, message);
    } catch (EvaluationException e) {
      return KeySet.NONE;
    }
  }

  /** The same; throws EvaluationException where an expression fails. */
  static KeySet extracted(ExecutableProcess process, Message message) {
    return MessageKeys.of(process, message);
  }

  /** WS-BPEL 2.0, 10.4: conflictingRequest. */
  static boolean conflicts(ExecutableProcess process, ProcessInstance instance, int catching) {
    return instance
        .catchOf(catching)
        .filter(c -> Exchanges.conflicts(process, instance, c))
        .isPresent();
  }

  /** The queues a message belongs in. */
  static List<WaitingRow> slots(ExecutableProcess process, Message message) {
    var rows = new ArrayList<WaitingRow>();
    var name = MessageName.of(message);
    for (var digest : digests(process, keys(process, message))) {
      rows.add(new WaitingRow(slot(name, digest), message.id()));
    }
    return rows;
  }
}
