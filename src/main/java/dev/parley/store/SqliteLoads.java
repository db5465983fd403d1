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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole messages and instances. */
final class SqliteLoads {
  private static final String OUTBOX = "select %s from outbox".formatted(Row.OUTBOUND);

  private final Reader reader;
  private final Query message =
      new Query("select %s from message where id = ?".formatted(Row.INBOUND));

  private final Query instance =
      new Query("select definition, version, status, state, history from instance where id = ?");

  private final Query items = new Query("select item, value from item where instance = ?");

  private final Query live =
      new Query("select 1 from instance where definition = ? and status = 0 limit 1");

  private final Query outbox = new Query(OUTBOX + " where id = ?");

  private final Query dueOutbox =
      new Query(
          OUTBOX
              + " where state = 0 and next_attempt <= ? and gateway = ?"
              + " order by next_attempt, id limit ?");

  private final Query forsakenOutbox =
      new Query("select id from outbox where state = 0 and (gateway < ? or gateway > ?) limit ?");

  private final Query deadLetter =
      new Query("select %s from dead_letter where message = ?".formatted(Row.DEAD_LETTER));

  SqliteLoads(Reader reader) {
    this.reader = reader;
  }

  Map<MessageId, MessageRow> messages(Collection<MessageId> ids) {
    return reader.read(
        "messages",
        () -> {
          var found = new HashMap<MessageId, MessageRow>();
          for (var id : ids) {
            reader.each(
                message, to -> to.number(id.value()), row -> found.put(id, row.messageRow()));
          }
          return found;
        });
  }

  Map<InstanceId, InstanceRow> instances(Collection<InstanceId> ids) {
    return reader.read(
        "instances",
        () -> {
          var found = new HashMap<InstanceId, InstanceRow>();
          for (var id : ids) {
            var values = new HashMap<Long, Blob>();
            reader.each(items, to -> to.instance(id), row -> values.put(row.number(), row.blob()));
            reader.each(
                instance, to -> to.instance(id), row -> found.put(id, instance(id, row, values)));
          }
          return found;
        });
  }

  Set<Integer> live(Collection<Integer> definitions) {
    return reader.read(
        "live instances",
        () -> {
          var found = new HashSet<Integer>();
          for (int definition : definitions) {
            reader.each(live, to -> to.number(definition), _ -> found.add(definition));
          }
          return found;
        });
  }

  List<MessageId> forsakenOutbox(int gateway, int limit) {
    return reader.read(
        "outbound messages",
        () -> {
          var found = new ArrayList<MessageId>();
          reader.each(
              forsakenOutbox,
              to -> to.number(gateway).number(gateway).number(limit),
              row -> found.add(row.messageId()));
          return found;
        });
  }

  List<OutboxRow> dueOutbox(Instant now, int gateway, int limit) {
    return reader.read(
        "outbound messages",
        () -> {
          var found = new ArrayList<OutboxRow>();
          reader.each(
              dueOutbox,
              to -> to.instant(now).number(gateway).number(limit),
              row -> found.add(row.outboxRow()));
          return found;
        });
  }

  Map<MessageId, OutboxRow> outbox(Collection<MessageId> ids) {
    return reader.read(
        "outbound messages",
        () -> {
          var found = new HashMap<MessageId, OutboxRow>();
          for (var id : ids) {
            reader.each(outbox, to -> to.number(id.value()), row -> found.put(id, row.outboxRow()));
          }
          return found;
        });
  }

  Map<MessageId, DeadLetterRow> deadLetters(Collection<MessageId> ids) {
    return reader.read(
        "dead letters",
        () -> {
          var found = new HashMap<MessageId, DeadLetterRow>();
          for (var id : ids) {
            reader.each(
                deadLetter, to -> to.number(id.value()), row -> found.put(id, row.deadLetterRow()));
          }
          return found;
        });
  }

  private static InstanceRow instance(InstanceId id, Row row, Map<Long, Blob> items)
      throws SQLException {
    return new InstanceRow(
        id,
        row.small(),
        row.small(),
        Codes.STATUS.at(row.small()),
        row.blob(),
        items,
        row.number());
  }
}
