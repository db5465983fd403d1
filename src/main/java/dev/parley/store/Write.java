package dev.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A statement that is kept prepared until it is closed, and run for each row of a batch. */
final class Write<R> implements AutoCloseable {

  /** Sets the parameters for one row. */
  @FunctionalInterface
  interface Binder<R> {
    void bind(Parameters parameters, R row) throws SQLException;
  }

  /** Where statements run, and the names that their rows bear. */
  record Session(Connection connection, Names names) {}

  private static final int[] NONE = {};

  private final String sql;
  private final Binder<R> binder;
  private @Nullable PreparedStatement prepared;

  Write(String sql, Binder<R> binder) {
    this.sql = sql;
    this.binder = binder;
  }

  /** How many rows of the table each one has changed. */
  int[] all(Collection<R> rows, Session session) throws SQLException {
    if (rows.isEmpty()) {
      return NONE;
    }
    if (prepared == null) {
      prepared = session.connection.prepareStatement(sql);
    }
    var statement = prepared;
    try {
      for (R row : rows) {
        binder.bind(new Parameters(statement, session.names), row);
        statement.addBatch();
      }
      return statement.executeBatch();
    } finally {
      statement.clearBatch();
    }
  }

  /** Of one whose table stays there is no need to. */
  @Override
  public void close() throws SQLException {
    if (prepared != null) {
      prepared.close();
    }
  }
}
