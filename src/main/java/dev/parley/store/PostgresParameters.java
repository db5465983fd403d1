package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.Slot;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** A statement's parameters, set from left to right; many values are an array. */
final class PostgresParameters {
  private final PreparedStatement statement;
  private final PostgresNames names;
  private int last;

  PostgresParameters(PreparedStatement statement, PostgresNames names) {
    this.statement = statement;
    this.names = names;
  }

  PostgresParameters number(long value) throws SQLException {
    statement.setLong(++last, value);
    return this;
  }

  PostgresParameters text(String value) throws SQLException {
    statement.setString(++last, value);
    return this;
  }

  PostgresParameters instant(Instant value) throws SQLException {
    return number(value.toEpochMilli());
  }

  <T> PostgresParameters numbers(Collection<T> values, ToLongFunction<T> number)
      throws SQLException {
    return array("int8", values.stream().map(number::applyAsLong).toArray(Long[]::new));
  }

  PostgresParameters digests(Collection<Digest> values) throws SQLException {
    return array("bytea", values.stream().map(Digest::toBytes).toArray(byte[][]::new));
  }

  /** Keys, operations, kinds. */
  PostgresParameters slots(Collection<Slot> slots) throws SQLException {
    return digests(slots.stream().map(Slot::key).toList())
        .smalls(slots.stream().map(s -> names.number(s.operation())).toList())
        .smalls(slots.stream().map(s -> Codes.KIND.of(s.kind())).toList());
  }

  PostgresParameters queue(QueueName queue) throws SQLException {
    return number(names.number(queue.process()))
        .number(names.number(queue.operation()))
        .number(Codes.KIND.of(queue.kind()));
  }

  private PostgresParameters smalls(List<Integer> values) throws SQLException {
    return array("int4", values.toArray(Integer[]::new));
  }

  private PostgresParameters array(String type, Object[] values) throws SQLException {
    statement.setArray(++last, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
