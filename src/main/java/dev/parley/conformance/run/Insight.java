package dev.parley.conformance.run;

import dev.parley.Gateway;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance;
import dev.parley.expression.Value;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a gateway's store says, in the words of a case. */
final class Insight {
  private static final int MOST = 10_000;
  private static final MessageId FIRST = new MessageId(0);

  private final Gateway gateway;
  private final Store store;

  Insight(Gateway gateway) {
    this.gateway = gateway;
    this.store = gateway.store();
  }

  /**
   * An instance.
   *
   * @param keys values of its correlation keys, a composite one's joined by commas
   * @param waitingAt ids of nodes with a token, sorted
   */
  record Seen(
      InstanceId id,
      String process,
      String state,
      Map<String, String> keys,
      List<String> waitingAt,
      Map<String, Value> data) {
    boolean isLive() {
      return state.equals("live");
    }

    @Override
    public String toString() {
      return "%s %s %s%s"
          .formatted(
              process,
              keys,
              state,
              waitingAt.isEmpty() ? "" : ", waiting at " + String.join(" ", waitingAt));
    }
  }

  /** A message that was given up. */
  record Dead(MessageId id, String operation, String reason) {
    @Override
    public String toString() {
      return operation + ": " + reason;
    }
  }

  List<Seen> instances() {
    var ids = store.instanceIds(new InstanceId(0), MOST);
    var rows = store.instances(ids);
    return ids.stream().map(id -> seen(Objects.requireNonNull(rows.get(id)))).toList();
  }

  private Seen seen(InstanceRow row) {
    var items = new HashMap<Long, Value>();
    row.items().forEach((number, blob) -> items.put(number, Value.decode(blob)));
    var instance =
        InstanceCodec.decode(
            row.id(),
            row.state(),
            items,
            m -> Objects.requireNonNull(store.messages(List.of(m)).get(m)).message().body());
    var process = gateway.process(row.definition());
    return new Seen(
        row.id(),
        process.key(),
        row.status().name().toLowerCase(Locale.ROOT),
        keys(process, instance),
        instance.tokens().stream().map(t -> process.node(t.node()).id()).sorted().toList(),
        data(process, instance));
  }

  private static Map<String, String> keys(ExecutableProcess process, ProcessInstance instance) {
    var keys = new TreeMap<String, String>();
    instance
        .keys()
        .values()
        .forEach(
            (number, values) ->
                keys.put(process.keys().get(number).name(), String.join(",", values)));
    return keys;
  }

  private static Map<String, Value> data(ExecutableProcess process, ProcessInstance instance) {
    var data = new TreeMap<String, Value>();
    // Of several scopes with an item of one name, the newest.
    for (var scope : instance.scopes()) {
      scope.items().forEach((item, value) -> data.put(process.items().get(item).name(), value));
    }
    return data;
  }

  Optional<MessageRow> message(MessageId id) {
    return Optional.ofNullable(store.messages(List.of(id)).get(id));
  }

  List<MessageRow> waiting() {
    return List.copyOf(store.messages(store.queued(QueueFilter.ALL, FIRST, MOST)).values());
  }

  /** Messages that came to nobody. */
  List<Dead> dead() {
    return store.deadLetters(DeadLetterFilter.ALL, FIRST, MOST).stream()
        .map(d -> new Dead(d.message(), d.operation().operation(), d.reason() + ": " + d.text()))
        .toList();
  }

  static String operation(MessageRow row) {
    return row.message().operation().operation();
  }

  /** Messages that still are to be sent, although the instance has ended. */
  List<OutboxRow> orphans(Collection<MessageId> outbound, Set<InstanceId> live) {
    return store.outbox(outbound).values().stream()
        .filter(o -> o.state() == OutboxState.PENDING)
        .filter(o -> !live.contains(o.instance()))
        .toList();
  }
}
