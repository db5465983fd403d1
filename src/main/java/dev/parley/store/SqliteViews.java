package dev.parley.store;

import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people look at; never in the way of messages. */
final class SqliteViews {
  private static final List<String> COUNTED =
      List.of(
          "liveInstances: count(*) from instance where status = 0",
          "instances: count(*) from instance",
          "waitingMessages: count(distinct message) from waiting",
          "messages: count(*) from message",
          "subscriptions: count(*) from subscription",
          "keys: count(*) from key",
          "timers: count(*) from timer",
          "pendingOutbox: count(*) from outbox where state = 0",
          "outbox: count(*) from outbox",
          "turns: count(*) from history",
          "openIncidents: count(*) from incident where open = 1",
          "deployments: count(*) from deployment",
          "deadLetters: count(*) from dead_letter");

  private final Reader reader;
  private final RecentIdentities identities;
  private final Map<String, Query> counts = new LinkedHashMap<>();
  private final Query history =
      new Query(
          "with recursive chain (place, id, previous, at, turn) as ("
              + "select 1, h.id, h.previous, h.at, h.turn from instance i"
              + " join history h on h.id = i.history where i.id = ?"
              + " union all select c.place + 1, h.id, h.previous, h.at, h.turn from chain c"
              + " join history h on h.id = c.previous)"
              + " select id, previous, at, turn from chain order by place desc");

  private final Query incidents =
      new Query(
          "select id, instance, node, kind, text, at from incident where open = 1"
              + " order by id limit ?");

  private final Query waitingMessages =
      new Query("select distinct message from waiting where message > ? order by message limit ?");

  private final Query instanceIds =
      new Query("select id from instance where id > ? order by id limit ?");

  private final Query subscriptions =
      new Query(
          "select instance, token from subscription where key = ? and operation = ? and kind = ?"
              + " and (instance, token) > (?, ?) order by instance, token limit ?");

  private final Query deployments =
      new Query(
          "select id, generation, bundle, content, archive from deployment"
              + " where generation = (select max(newest.generation) from deployment newest"
              + " where newest.bundle = deployment.bundle)"
              + " or id in (select deployment from deployed d where exists ("
              + "select 1 from instance i where i.status = 0 and i.definition = d.definition)"
              + " or d.definition in (select i.definition from outbox o"
              + " join instance i on i.id = o.instance where o.state = 0))"
              + " order by generation, id");

  private final Query deployed =
      new Query("select process, definition, version from deployed where deployment = ?");

  SqliteViews(Reader reader, RecentIdentities identities) {
    this.reader = reader;
    this.identities = identities;
    for (String counted : COUNTED) {
      int colon = counted.indexOf(':');
      counts.put(counted.substring(0, colon), new Query("select" + counted.substring(colon + 1)));
    }
  }

  List<HistoryRow> history(InstanceId instance) {
    return reader.read(
        "history",
        () -> {
          var turns = new ArrayList<HistoryRow>();
          reader.each(
              history,
              to -> to.instance(instance),
              row ->
                  turns.add(
                      new HistoryRow(
                          row.number(), instance, row.number(), row.instant(), row.blob())));
          return turns;
        });
  }

  List<IncidentRow> incidents(int limit) {
    return reader.read(
        "incidents",
        () -> {
          var found = new ArrayList<IncidentRow>();
          reader.each(
              incidents,
              to -> to.number(limit),
              row ->
                  found.add(
                      new IncidentRow(
                          row.number(),
                          row.instance(),
                          row.text(),
                          row.text(),
                          row.text(),
                          row.instant(),
                          true)));
          return found;
        });
  }

  List<MessageId> waitingMessages(MessageId after, int limit) {
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<MessageId>();
          reader.each(
              waitingMessages,
              to -> to.number(after.value()).number(limit),
              row -> found.add(row.messageId()));
          return found;
        });
  }

  List<InstanceId> instanceIds(InstanceId after, int limit) {
    return reader.read(
        "instances",
        () -> {
          var found = new ArrayList<InstanceId>();
          reader.each(
              instanceIds,
              to -> to.number(after.value()).number(limit),
              row -> found.add(row.instance()));
          return found;
        });
  }

  List<SubscriptionRow> subscriptions(Slot slot, InstanceId after, long token, int limit) {
    return reader.read(
        "subscriptions",
        () -> {
          var found = new ArrayList<SubscriptionRow>();
          reader.each(
              subscriptions,
              to -> to.slotToFind(slot).number(after.value()).number(token).number(limit),
              row -> found.add(new SubscriptionRow(slot, row.instance(), row.number())));
          return found;
        });
  }

  List<DeploymentRow> deployments() {
    return reader.read(
        "deployments",
        () -> {
          var found = new ArrayList<DeploymentRow>();
          reader.each(deployments, to -> {}, row -> found.add(deployment(row)));
          return found;
        });
  }

  /** Each count by itself, so that a long one does not hold back the checkpointer. */
  Map<String, Long> counts() {
    var found = new LinkedHashMap<String, Long>();
    found.put("identities", identities.count());
    counts.forEach(
        (name, query) ->
            reader.read(
                "counts",
                () -> {
                  reader.each(query, to -> {}, row -> found.put(name, row.number()));
                  return name;
                }));
    return found;
  }

  private DeploymentRow deployment(Row row) throws SQLException {
    long id = row.number();
    var definitions = new HashMap<String, Integer>();
    var versions = new HashMap<String, Integer>();
    reader.each(
        deployed,
        to -> to.number(id),
        process -> {
          String key = process.process();
          definitions.put(key, process.small());
          versions.put(key, process.small());
        });
    return new DeploymentRow(
        id, row.small(), row.text(), row.digest(), definitions, versions, row.blob());
  }
}
