package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that reads: one caller at a time, one statement at a time, each of which sees one state
 * of the tables. A session that broke is replaced.
 */
final class PostgresReader implements AutoCloseable {

  /** Sets the parameters. */
  @FunctionalInterface
  interface Binder {
    void bind(PostgresParameters parameters) throws SQLException;
  }

  /** Makes one thing of one row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Begins a session. */
  @FunctionalInterface
  interface Connecting {
    Connection connect() throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PostgresReader.class);

  private final Connecting connecting;
  private final PostgresNames names;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Connection session;
  private boolean closed;
  private boolean away;

  PostgresReader(Connecting connecting, PostgresNames names) {
    this.connecting = connecting;
    this.names = names;
  }

  <T> List<T> list(String what, String sql, Binder binder, Mapper<T> mapper) {
    return list(what, sql, binder, mapper, false);
  }

  /** Of a table that may be dropped at any time: nothing where it is gone. */
  <T> List<T> listIfThere(String what, String sql, Binder binder, Mapper<T> mapper) {
    return list(what, sql, binder, mapper, true);
  }

  private <T> List<T> list(
      String what, String sql, Binder binder, Mapper<T> mapper, boolean mayBeGone) {
    lock.lock();
    try {
      try {
        return query(sql, binder, mapper);
      } catch (SQLException e) {
        if (mayBeGone && PostgresErrors.isOfNoTable(e)) {
          return List.of();
        }
        if (session == null || !PostgresErrors.isLost(session, e)) {
          throw e;
        }
        drop();
        return query(sql, binder, mapper);
      }
    } catch (SQLException e) {
      drop();
      if (!away) {
        LOG.warn("The database failed to read {}: {}", what, PostgresErrors.oneLine(e));
      }
      away = true;
      throw StoreException.unreadable(what, e);
    } finally {
      lock.unlock();
    }
  }

  private <T> List<T> query(String sql, Binder binder, Mapper<T> mapper) throws SQLException {
    // The driver keeps statements prepared, by their text.
    try (var statement = session().prepareStatement(sql)) {
      binder.bind(new PostgresParameters(statement, names));
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<T>();
        var row = new Row(rows, names);
        while (row.next()) {
          found.add(mapper.map(row));
        }
        return found;
      }
    }
  }

  private Connection session() throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
    var open = session;
    if (open == null) {
      open = connecting.connect();
      session = open;
      if (away) {
        LOG.info("The database can be read again");
      }
      away = false;
    }
    return open;
  }

  private void drop() {
    if (session != null) {
      PostgresLink.drop(session);
      session = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      drop();
    } finally {
      lock.unlock();
    }
  }
}
