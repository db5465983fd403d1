package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.Slot;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A statement's parameters, set from left to right. */
final class Parameters {
  private final PreparedStatement statement;
  private final Names names;
  private int last;

  Parameters(PreparedStatement statement, Names names) {
    this.statement = statement;
    this.names = names;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  Parameters text(String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  Parameters bytes(byte @Nullable [] value) throws SQLException {
    if (value == null) {
      statement.setNull(++last, Types.BLOB);
    } else {
      statement.setBytes(++last, value);
    }
    return this;
  }

  Parameters digest(Digest value) throws SQLException {
    return bytes(value.toBytes());
  }

  Parameters instant(@Nullable Instant value) throws SQLException {
    return value == null ? nothing() : number(value.toEpochMilli());
  }

  Parameters instance(@Nullable InstanceId value) throws SQLException {
    return value == null ? nothing() : number(value.value());
  }

  /** A new one gets its number in the transaction under way. */
  Parameters process(String key) throws SQLException {
    return number(names.intern(key));
  }

  /** A new one gets its number in the transaction under way. */
  Parameters operation(OperationName operation) throws SQLException {
    return number(names.intern(operation));
  }

  /** Key, operation, kind of a row to be written or deleted. */
  Parameters slot(Slot slot) throws SQLException {
    return slot(slot, names.intern(slot.operation()));
  }

  /** Key, operation, kind of rows to be found. */
  Parameters slotToFind(Slot slot) throws SQLException {
    return slot(slot, names.number(slot.operation()));
  }

  /** As {@link Row#MESSAGE} lists them. */
  Parameters message(Message message) throws SQLException {
    return number(message.id().value())
        .process(message.process())
        .operation(message.operation())
        .number(Codes.KIND.of(message.kind()))
        .text(message.sender())
        .bytes(Codec.encode(message.headers(), message.body().type()))
        .bytes(message.body().bytes());
  }

  private Parameters slot(Slot slot, int operation) throws SQLException {
    return digest(slot.key()).number(operation).number(Codes.KIND.of(slot.kind()));
  }

  private Parameters nothing() throws SQLException {
    statement.setNull(++last, Types.INTEGER);
    return this;
  }
}
