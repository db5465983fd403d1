package dev.parley.store;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A result's columns, read from left to right. */
final class Row {
  static final String MESSAGE = "id, process, operation, kind, sender, headers, body";
  static final String INBOUND = MESSAGE + ", state, exchange, instance, boot, answer, expires_at";
  static final String OUTBOUND =
      MESSAGE
          + ", instance, token, endpoint, policy, state, attempts, next_attempt, last_error,"
          + " replayed_at, gateway";

  static final String DEAD_LETTER = "message, direction, process, operation, reason, text, at";

  private final ResultSet row;
  private final Naming names;
  private int last;

  Row(ResultSet row, Naming names) {
    this.row = row;
    this.names = names;
  }

  /** Goes to the next row. */
  boolean next() throws SQLException {
    last = 0;
    return row.next();
  }

  long number() throws SQLException {
    return row.getLong(++last);
  }

  int small() throws SQLException {
    return row.getInt(++last);
  }

  String text() throws SQLException {
    return row.getString(++last);
  }

  Blob blob() throws SQLException {
    return Blob.of(row.getBytes(++last));
  }

  byte @Nullable [] bytesOrNull() throws SQLException {
    return row.getBytes(++last);
  }

  /** An array, whose elements are what the driver makes of its type. */
  Object[] array() throws SQLException {
    return (Object[]) row.getArray(++last).getArray();
  }

  Digest digest() throws SQLException {
    return Digest.ofBytes(row.getBytes(++last));
  }

  Instant instant() throws SQLException {
    return Instant.ofEpochMilli(number());
  }

  @Nullable Instant instantOrNull() throws SQLException {
    long value = number();
    return row.wasNull() ? null : Instant.ofEpochMilli(value);
  }

  InstanceId instance() throws SQLException {
    return new InstanceId(number());
  }

  @Nullable InstanceId instanceOrNull() throws SQLException {
    long value = number();
    return row.wasNull() ? null : new InstanceId(value);
  }

  MessageId messageId() throws SQLException {
    return new MessageId(number());
  }

  String process() throws SQLException {
    return names.process(small());
  }

  Slot slot() throws SQLException {
    return new Slot(digest(), names.operation(small()), Codes.KIND.at(small()));
  }

  QueueRow queueRow() throws SQLException {
    var name = new QueueName(process(), names.operation(small()), Codes.KIND.at(small()));
    return new QueueRow(name, number(), number());
  }

  Message message() throws SQLException {
    var id = messageId();
    var process = process();
    var operation = names.operation(small());
    var kind = Codes.KIND.at(small());
    var sender = text();
    var about = Codec.about(bytesOrNull());
    var body = Body.of(about.type(), row.getBytes(++last));
    return new Message(id, process, operation, kind, body, about.headers(), sender);
  }

  /** Identity, message, body. */
  IdentityRow identityRow() throws SQLException {
    return new IdentityRow(digest(), messageId(), number());
  }

  /** As {@link #INBOUND} lists them. */
  MessageRow messageRow() throws SQLException {
    var message = message();
    var state = Codes.MESSAGE_STATE.at(small());
    var exchange = Codes.EXCHANGE.at(small());
    var instance = instanceOrNull();
    int boot = small();
    byte[] answer = bytesOrNull();
    return new MessageRow(
        message,
        state,
        exchange,
        instance,
        boot,
        answer == null ? null : Codec.answer(answer),
        instantOrNull());
  }

  /** As {@link #DEAD_LETTER} lists them. */
  DeadLetterRow deadLetterRow() throws SQLException {
    return new DeadLetterRow(
        messageId(),
        Codes.DIRECTION.at(small()),
        process(),
        names.operation(small()),
        text(),
        text(),
        instant());
  }

  QueueCount queueCount() throws SQLException {
    return new QueueCount(process(), names.operation(small()), number(), messageId());
  }

  /** As {@link #OUTBOUND} lists them. */
  OutboxRow outboxRow() throws SQLException {
    return new OutboxRow(
        message(),
        instance(),
        number(),
        text(),
        blob(),
        Codes.OUTBOX_STATE.at(small()),
        small(),
        instant(),
        text(),
        instantOrNull(),
        small());
  }
}
