package dev.parley.store;

import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.DeadLetterRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What operators look through, page by page. */
final class SqliteOverview {
  private static final String OF_PROCESS =
      "(? = '' or process = (select id from name where text = ?))";

  private static final String OF_OPERATION =
      "(? = '' or operation in"
          + " (select id from name where substr(text, -length(?) - 1) = ' ' || ?))";

  private final Reader reader;

  private final Query deadLetters =
      new Query(
          "select %s from dead_letter where message > ? and %s and %s and (? = '' or reason = ?)"
                  .formatted(Row.DEAD_LETTER, OF_PROCESS, OF_OPERATION)
              + " and (? < 0 or direction = ?) order by message limit ?");

  // Those that wait are few among all: by the index that holds no others.
  private final Query queued =
      new Query(
          "select id from message indexed by message_waiting where state = 0 and id > ? and %s and"
                  .formatted(OF_PROCESS)
              + " %s order by id limit ?".formatted(OF_OPERATION));

  private final Query counts =
      new Query(
          "select process, operation, count(*), min(id) from message indexed by message_waiting"
              + " where state = 0 group by process, operation order by process, operation");

  private final Query live =
      new Query(
          "select id from instance indexed by instance_live where status = 0 and definition = ?"
              + " and id > ? order by id limit ?");

  SqliteOverview(Reader reader) {
    this.reader = reader;
  }

  List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit) {
    return reader.read(
        "dead letters",
        () -> {
          var found = new ArrayList<DeadLetterRow>();
          int direction = Codes.direction(filter);
          reader.each(
              deadLetters,
              to ->
                  of(to.number(after.value()), filter.process(), filter.operation())
                      .text(filter.reason())
                      .text(filter.reason())
                      .number(direction)
                      .number(direction)
                      .number(limit),
              row -> found.add(row.deadLetterRow()));
          return found;
        });
  }

  List<MessageId> queued(QueueFilter filter, MessageId after, int limit) {
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<MessageId>();
          reader.each(
              queued,
              to ->
                  of(to.number(after.value()), filter.process(), filter.operation()).number(limit),
              row -> found.add(row.messageId()));
          return found;
        });
  }

  List<QueueCount> queueCounts() {
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<QueueCount>();
          reader.each(counts, to -> {}, row -> found.add(row.queueCount()));
          return found;
        });
  }

  List<InstanceId> liveInstances(int definition, InstanceId after, int limit) {
    return reader.read(
        "instances",
        () -> {
          var found = new ArrayList<InstanceId>();
          reader.each(
              live,
              to -> to.number(definition).number(after.value()).number(limit),
              row -> found.add(row.instance()));
          return found;
        });
  }

  private static Parameters of(Parameters to, String process, String operation)
      throws SQLException {
    return to.text(process).text(process).text(operation).text(operation).text(operation);
  }
}
