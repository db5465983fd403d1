package dev.parley.simulation;

import dev.parley.correlation.CorrelationKey;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.QueuePolicy.HeldKey;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.turn.Deployments;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds after every commit: rows that are looked up say what the instances say. */
final class StoreRules {
  private final Tables tables;
  private final Map<InstanceRow, ProcessInstance> decoded = new HashMap<>();
  private final Map<InstanceId, SortedMap<Integer, List<String>>> keys = new HashMap<>();

  StoreRules(Tables tables) {
    this.tables = tables;
  }

  /**
   * What must hold now.
   *
   * @param looking whether waiting messages are being looked at: some may not be found yet
   */
  void check(Instant now, boolean looking) {
    var subscribed = new HashSet<SubscriptionRow>();
    var timers = new HashSet<TimerRow>();
    var live = new TreeMap<InstanceId, ProcessInstance>();
    for (var row : tables.instances.values()) {
      var instance = decode(row);
      if (instance.isLive() != (row.status() == InstanceStatus.LIVE)) {
        throw new Violation("index is state", row.id(), "The row says " + row.status());
      }
      if (instance.isLive()) {
        checkKeys(instance);
      }
      if (!instance.isSuspended()) {
        instance.timers().forEach(t -> timers.add(new TimerRow(t.dueAt(), row.id(), t.id())));
      }
      if (instance.isLive() && !instance.isSuspended()) {
        live.put(row.id(), instance);
        instance.tokens().forEach(t -> checkSubscriptions(instance, t, subscribed));
      }
    }
    same("timer rows", timers, tables.timers);
    same("subscription rows", subscribed, tables.subscriptions);
    checkWaiting();
    if (!looking) {
      live.values().forEach(i -> checkNobodyMisses(i, now));
    }
  }

  ProcessInstance decode(InstanceRow row) {
    return decoded.computeIfAbsent(
        row,
        r -> {
          var items = new HashMap<Long, Value>();
          r.items().forEach((number, blob) -> items.put(number, Value.decode(blob)));
          return InstanceCodec.decode(
              r.id(),
              r.state(),
              items,
              m -> Objects.requireNonNull(tables.messages.get(m)).message().body());
        });
  }

  ExecutableProcess process(ProcessInstance instance) {
    return tables.deployed().definition(instance.definition()).process();
  }

  private static <R> void same(String what, Set<R> expected, Set<R> found) {
    if (!expected.equals(found)) {
      var missing = new HashSet<>(expected);
      missing.removeAll(found);
      var surplus = new HashSet<>(found);
      surplus.removeAll(expected);
      throw new Violation(
          "index is state", what, "Missing: %s, left over: %s".formatted(missing, surplus));
    }
  }

  /**
   * At most one live instance for each key, and the key's row says which, but where a later one may
   * share it. A set key never changes.
   */
  private void checkKeys(ProcessInstance instance) {
    var before = keys.put(instance.id(), instance.keys().values());
    if (before != null && !instance.keys().values().entrySet().containsAll(before.entrySet())) {
      throw new Violation("a set key never changes", instance.id(), "It was " + before);
    }
    digests(process(instance), instance.keys().values())
        .forEach(
            (name, digest) -> {
              var holder = tables.keys.get(digest);
              if (!instance.id().equals(holder) && !shares(holder)) {
                throw new Violation(
                    "one live instance for each key",
                    instance.id(),
                    "%s is said to be held by %s".formatted(name, holder));
              }
            });
  }

  private boolean shares(@Nullable InstanceId holder) {
    var row = holder == null ? null : tables.instances.get(holder);
    return row != null && process(decode(row)).queue().onHeldKey() == HeldKey.ALLOW;
  }

  private void checkSubscriptions(
      ProcessInstance instance, Token token, Set<SubscriptionRow> expected) {
    if (!(token.waiting() instanceof Waiting.ForMessage)) {
      return;
    }
    var process = process(instance);
    var message = process.node(token.node()).element().receive().orElseThrow().message();
    var readable = new TreeMap<>(instance.keys().values());
    readable
        .keySet()
        .removeIf(
            k ->
                process.extraction(message.operation(), message.kind()).stream()
                    .noneMatch(e -> e.keys().stream().anyMatch(x -> x.key() == k)));
    int found = 0;
    for (var digest : digests(process, readable).values()) {
      var slot = new Slot(digest, message.operation(), message.kind());
      var row = new SubscriptionRow(slot, instance.id(), token.id());
      if (tables.subscriptions.contains(row)) {
        expected.add(row);
        found++;
      }
    }
    if (found == 0 && !readable.isEmpty()) {
      throw new Violation(
          "index is state", instance.id(), "Nothing leads to the receive of token " + token.id());
    }
  }

  static SortedMap<String, Digest> digests(
      ExecutableProcess process, Map<Integer, List<String>> keys) {
    var digests = new TreeMap<String, Digest>();
    keys.forEach(
        (number, values) -> {
          var key = new CorrelationKey(process.key(), 0, process.keys().get(number).name(), values);
          digests.put(key.toString(), key.digest());
        });
    return digests;
  }

  /** The keys that a message bears, read from its elements: each is called as its property is. */
  static SortedMap<Integer, List<String>> keysIn(ExecutableProcess process, Message message) {
    var keys = new TreeMap<Integer, List<String>>();
    if (process.extraction(message.operation(), message.kind()).isEmpty()) {
      return keys;
    }
    String prefix = Models.prefix(process);
    for (var key : process.keys()) {
      var values = key.properties().stream().map(p -> Fields.of(message.body(), p)).toList();
      if (values.stream().noneMatch(String::isEmpty)) {
        keys.put(key.index(), values.stream().map(v -> prefix + v).toList());
      }
    }
    return keys;
  }

  /** Where a message waits by these versions of its process. */
  static Set<WaitingRow> rows(Deployments deployments, Message message) {
    var rows = new LinkedHashSet<WaitingRow>();
    for (var version : deployments.versions(message.process())) {
      for (var digest : digests(version.process(), keysIn(version.process(), message)).values()) {
        var slot = new Slot(digest, message.operation(), message.kind());
        rows.add(new WaitingRow(slot, message.id()));
      }
    }
    return rows;
  }

  /** What waits is found by its keys, and nothing else is. */
  private void checkWaiting() {
    var found = new HashSet<>(tables.waiting);
    for (var row : tables.messages.values()) {
      boolean consumed = row.state() == MessageState.CONSUMED;
      if (consumed == (row.instance() == null)) {
        throw new Violation("accounted for", row.id(), row.state() + " by " + row.instance());
      }
      if (row.state() == MessageState.WAITING) {
        if (!found.removeAll(rows(tables.deployed(), row.message()))) {
          throw new Violation("index is state", row.id(), "It waits where nobody finds it");
        }
      }
    }
    same("waiting rows", Set.of(), found);
  }

  /** When all is quiet, every version that may run finds what waits. */
  void checkEnd() {
    var deployed = Models.deployments(new SimulatedOverview(tables).deployments());
    for (var row : tables.messages.values()) {
      if (row.state() == MessageState.WAITING
          && !tables.waiting.containsAll(rows(deployed, row.message()))) {
        throw new Violation(
            "what waits is found by every version", row.id(), "Under " + tables.waiting);
      }
    }
  }

  /** There is no window in which a message and the receive it is for miss each other. */
  private void checkNobodyMisses(ProcessInstance instance, Instant now) {
    var process = process(instance);
    for (var token : instance.tokens()) {
      if (token.waiting() instanceof Waiting.ForMessage) {
        var wanted = process.node(token.node()).element().receive().orElseThrow().message();
        for (var row : tables.messages.values()) {
          if (row.state() == MessageState.WAITING
              && row.message().operation().equals(wanted.operation())
              && isFresh(row, now)
              && fits(keysIn(process, row.message()), instance)) {
            throw new Violation(
                "no message misses its receive",
                row.id(),
                "It waits although token %d of %s waits for it"
                    .formatted(token.id(), instance.id()));
          }
        }
      }
    }
  }

  private static boolean isFresh(MessageRow row, Instant now) {
    return row.expiresAt() == null || Objects.requireNonNull(row.expiresAt()).isAfter(now);
  }

  /** Keys that both have are equal, and there is one. */
  static boolean fits(Map<Integer, List<String>> keys, ProcessInstance instance) {
    var held = instance.keys().values();
    var both = new HashSet<>(keys.keySet());
    both.retainAll(held.keySet());
    return !both.isEmpty() && both.stream().allMatch(k -> Objects.equals(keys.get(k), held.get(k)));
  }
}
