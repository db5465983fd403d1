package dev.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A query that is kept prepared until it is closed. */
final class Query implements AutoCloseable {

  /** Sets the parameters. */
  @FunctionalInterface
  interface Binder {
    void bind(Parameters parameters) throws SQLException;
  }

  /** Takes one row of the result. */
  @FunctionalInterface
  interface Taker {
    void take(Row row) throws SQLException;
  }

  private final String sql;
  private @Nullable PreparedStatement prepared;

  Query(String sql) {
    this.sql = sql;
  }

  void each(Connection connection, Names names, Binder binder, Taker taker) throws SQLException {
    if (prepared == null) {
      prepared = connection.prepareStatement(sql);
    }
    binder.bind(new Parameters(prepared, names));
    try (var rows = prepared.executeQuery()) {
      var row = new Row(rows, names);
      while (row.next()) {
        taker.take(row);
      }
    }
  }

  /** Of one that is asked again and again there is no need to. */
  @Override
  public void close() throws SQLException {
    if (prepared != null) {
      prepared.close();
    }
  }
}
