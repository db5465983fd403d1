package dev.parley.store;

import dev.parley.message.Blob;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole messages and instances. */
final class PostgresLoads {
  private static final String OUTBOX = "select %s from outbox".formatted(Row.OUTBOUND);

  /** Goes from one gateway with pending messages to the next; limit; those that are up; limit. */
  private static final String FORSAKEN =
      "with recursive g (gateway) as ((select gateway from outbox where state = 0"
          + " order by gateway limit 1) union all select (select o.gateway from outbox o"
          + " where o.state = 0 and o.gateway > g.gateway order by o.gateway limit 1)"
          + " from g where g.gateway is not null)"
          + " select o.id from g cross join lateral (select id from outbox"
          + " where state = 0 and gateway = g.gateway order by next_attempt, id limit ?) o"
          + " where g.gateway <> all (?) order by o.id limit ?";

  private final PostgresReader reader;

  PostgresLoads(PostgresReader reader) {
    this.reader = reader;
  }

  Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    var found = new HashMap<MessageId, MessageRow>();
    reader
        .list(
            "messages",
            "select %s from message where id = any (?)".formatted(Row.INBOUND),
            to -> to.numbers(ids, MessageId::value),
            Row::messageRow)
        .forEach(row -> found.put(row.id(), row));
    return found;
  }

  Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    var found = new HashMap<InstanceId, InstanceRow>();
    reader
        .list(
            "instances",
            "select id, definition, version, status, state, history,"
                + " array(select item from item where instance = id order by item),"
                + " array(select value from item where instance = id order by item)"
                + " from instance where id = any (?)",
            to -> to.numbers(ids, InstanceId::value),
            PostgresLoads::instance)
        .forEach(row -> found.put(row.id(), row));
    return found;
  }

  Set<Integer> live(Collection<Integer> definitions) {
    return new HashSet<>(
        reader.list(
            "live instances",
            "select d from unnest(?::int8[]) d where exists"
                + " (select 1 from instance where status = 0 and definition = d)",
            to -> to.numbers(definitions, Integer::longValue),
            Row::small));
  }

  Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids) {
    var found = new HashMap<MessageId, DeadLetterRow>();
    reader
        .list(
            "dead letters",
            "select %s from dead_letter where message = any (?)".formatted(Row.DEAD_LETTER),
            to -> to.numbers(ids, MessageId::value),
            Row::deadLetterRow)
        .forEach(row -> found.put(row.message(), row));
    return found;
  }

  List<MessageId> forsakenOutbox(Collection<Integer> gateways, int limit) {
    return reader.list(
        "outbound messages",
        FORSAKEN,
        to -> to.number(limit).numbers(gateways, Integer::longValue).number(limit),
        Row::messageId);
  }

  List<OutboxRow> dueOutbox(Instant now, int gateway, int limit) {
    return reader.list(
        "outbound messages",
        OUTBOX
            + " where state = 0 and next_attempt <= ? and gateway = ?"
            + " order by next_attempt, id limit ?",
        to -> to.instant(now).number(gateway).number(limit),
        Row::outboxRow);
  }

  Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    var found = new HashMap<MessageId, OutboxRow>();
    reader
        .list(
            "outbound messages",
            OUTBOX + " where id = any (?)",
            to -> to.numbers(ids, MessageId::value),
            Row::outboxRow)
        .forEach(row -> found.put(row.id(), row));
    return found;
  }

  private static InstanceRow instance(Row row) throws SQLException {
    var id = row.instance();
    int definition = row.small();
    int version = row.small();
    var status = Codes.STATUS.at(row.small());
    var state = row.blob();
    long history = row.number();
    var numbers = row.array();
    var values = row.array();
    var items = new HashMap<Long, Blob>();
    for (int i = 0; i < numbers.length; i++) {
      items.put((Long) numbers[i], Blob.of((byte[]) values[i]));
    }
    return new InstanceRow(id, definition, version, status, state, items, history);
  }
}
