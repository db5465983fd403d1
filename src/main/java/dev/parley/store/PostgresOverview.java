package dev.parley.store;

import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.DeadLetterRow;
import java.sql.SQLException;
import java.util.List;

/** What operators look through, page by page. */
final class PostgresOverview {
  private static final String OF_PROCESS =
      "(? = '' or process = (select id from name where text = ?))";

  private static final String OF_OPERATION =
      "(? = '' or operation in (select id from name where right(text, length(?) + 1) = ' ' || ?))";

  private final PostgresReader reader;

  PostgresOverview(PostgresReader reader) {
    this.reader = reader;
  }

  List<DeadLetterRow> deadLetters(DeadLetterFilter filter, MessageId after, int limit) {
    int direction = Codes.direction(filter);
    return reader.list(
        "dead letters",
        "select %s from dead_letter where message > ? and %s and %s and (? = '' or reason = ?)"
                .formatted(Row.DEAD_LETTER, OF_PROCESS, OF_OPERATION)
            + " and (? < 0 or direction = ?) order by message limit ?",
        to ->
            of(to.number(after.value()), filter.process(), filter.operation())
                .text(filter.reason())
                .text(filter.reason())
                .number(direction)
                .number(direction)
                .number(limit),
        Row::deadLetterRow);
  }

  List<MessageId> queued(QueueFilter filter, MessageId after, int limit) {
    return reader.list(
        "waiting messages",
        "select id from message where state = 0 and id > ? and %s and %s order by id limit ?"
            .formatted(OF_PROCESS, OF_OPERATION),
        to -> of(to.number(after.value()), filter.process(), filter.operation()).number(limit),
        Row::messageId);
  }

  List<QueueCount> queueCounts() {
    return reader.list(
        "waiting messages",
        "select process, operation, count(*), min(id) from message where state = 0"
            + " group by process, operation order by process, operation",
        to -> {},
        Row::queueCount);
  }

  List<InstanceId> liveInstances(int definition, InstanceId after, int limit) {
    return reader.list(
        "instances",
        "select id from instance where status = 0 and definition = ? and id > ? order by id"
            + " limit ?",
        to -> to.number(definition).number(after.value()).number(limit),
        Row::instance);
  }

  private static PostgresParameters of(PostgresParameters to, String process, String operation)
      throws SQLException {
    return to.text(process).text(process).text(operation).text(operation).text(operation);
  }
}
