package dev.parley.store;

import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people look at; never in the way of messages. */
final class PostgresViews {
  private static final Map<String, String> COUNTED = new LinkedHashMap<>();

  static {
    COUNTED.put("liveInstances", "count(*) from instance where status = 0");
    COUNTED.put("instances", "count(*) from instance");
    COUNTED.put("waitingMessages", "count(distinct message) from waiting");
    COUNTED.put("messages", "count(*) from message");
    COUNTED.put("subscriptions", "count(*) from subscription");
    COUNTED.put("keys", "count(*) from key");
    COUNTED.put("timers", "count(*) from timer");
    COUNTED.put("pendingOutbox", "count(*) from outbox where state = 0");
    COUNTED.put("outbox", "count(*) from outbox");
    COUNTED.put("turns", "count(*) from history");
    COUNTED.put("openIncidents", "count(*) from incident where open = 1");
    COUNTED.put("deployments", "count(*) from deployment");
    COUNTED.put("deadLetters", "count(*) from dead_letter");
  }

  private static final String HISTORY =
      "with recursive chain (place, id, previous, at, turn) as ("
          + "select 1, h.id, h.previous, h.at, h.turn from instance i"
          + " join history h on h.id = i.history where i.id = ?"
          + " union all select c.place + 1, h.id, h.previous, h.at, h.turn from chain c"
          + " join history h on h.id = c.previous)"
          + " select id, previous, at, turn from chain order by place desc";

  private static final String DEPLOYMENTS =
      "select id, generation, bundle, content, archive, array(select p.process from deployed p"
          + " where p.deployment = d.id order by p.process), array(select p.definition from"
          + " deployed p where p.deployment = d.id order by p.process), array(select p.version from"
          + " deployed p where p.deployment = d.id order by p.process) from deployment d where"
          + " generation = (select max(newest.generation) from deployment newest where"
          + " newest.bundle = d.bundle) or exists (select 1 from deployed p where p.deployment ="
          + " d.id and (exists (select 1 from instance i where i.status = 0 and i.definition ="
          + " p.definition) or p.definition in (select i.definition from outbox o join instance i"
          + " on i.id = o.instance where o.state = 0))) order by generation, id";

  private final PostgresReader reader;
  private final PostgresNames names;
  private final PostgresIdentities identities;

  PostgresViews(PostgresReader reader, PostgresNames names, PostgresIdentities identities) {
    this.reader = reader;
    this.identities = identities;
    this.names = names;
  }

  List<HistoryRow> history(InstanceId instance) {
    return reader.list(
        "history",
        HISTORY,
        to -> to.number(instance.value()),
        row -> new HistoryRow(row.number(), instance, row.number(), row.instant(), row.blob()));
  }

  List<IncidentRow> incidents(int limit) {
    return reader.list(
        "incidents",
        "select id, instance, node, kind, text, at from incident where open = 1 order by id limit"
            + " ?",
        to -> to.number(limit),
        row ->
            new IncidentRow(
                row.number(),
                row.instance(),
                row.text(),
                row.text(),
                row.text(),
                row.instant(),
                true));
  }

  List<MessageId> waitingMessages(MessageId after, int limit) {
    return reader.list(
        "waiting messages",
        "select distinct message from waiting where message > ? order by message limit ?",
        to -> to.number(after.value()).number(limit),
        Row::messageId);
  }

  List<InstanceId> instanceIds(InstanceId after, int limit) {
    return reader.list(
        "instances",
        "select id from instance where id > ? order by id limit ?",
        to -> to.number(after.value()).number(limit),
        Row::instance);
  }

  List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit) {
    return reader.list(
        "subscriptions",
        "select s.instance, s.token from "
            + PostgresReads.SLOTS
            + " join subscription s on (s.key, s.operation, s.kind) = (g.key, g.operation, g.kind)"
            + " where (s.instance, s.token) > (?, ?) order by s.instance, s.token limit ?",
        to -> to.slots(List.of(slot)).number(after.value()).number(token).number(limit),
        row -> new SubscriptionRow(slot, row.instance(), row.number()));
  }

  List<DeploymentRow> deployments() {
    return reader.list("deployments", DEPLOYMENTS, to -> {}, this::deployment);
  }

  Map<String, Long> counts() {
    String sql =
        COUNTED.values().stream()
            .map(count -> "(select " + count + ")")
            .collect(Collectors.joining(", ", "select ", ""));
    var counts = reader.list("counts", sql, to -> {}, PostgresViews::counts).getFirst();
    counts.put("identities", identities.count());
    return counts;
  }

  private static Map<String, Long> counts(Row row) throws SQLException {
    var counts = new LinkedHashMap<String, Long>();
    for (String name : COUNTED.keySet()) {
      counts.put(name, row.number());
    }
    return counts;
  }

  private DeploymentRow deployment(Row row) throws SQLException {
    long id = row.number();
    int generation = row.small();
    String bundle = row.text();
    var content = row.digest();
    var archive = row.blob();
    var processes = row.array();
    var numbers = row.array();
    var versionNumbers = row.array();
    var definitions = new HashMap<String, Integer>();
    var versions = new HashMap<String, Integer>();
    for (int i = 0; i < processes.length; i++) {
      String key = names.process((Integer) processes[i]);
      definitions.put(key, (Integer) numbers[i]);
      versions.put(key, (Integer) versionNumbers[i]);
    }
    return new DeploymentRow(id, generation, bundle, content, definitions, versions, archive);
  }
}
