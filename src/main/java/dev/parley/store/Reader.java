package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that reads: one caller at a time, each of whom sees one state of the tables. */
final class Reader {

  /** Reads in one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  private final Connection connection;
  private final Names names;
  private final ReentrantLock lock = new ReentrantLock();

  Reader(Connection connection, Names names) {
    this.connection = connection;
    this.names = names;
  }

  <T> T read(String what, Work<T> work) {
    lock.lock();
    try {
      try {
        return work.run();
      } finally {
        connection.commit();
      }
    } catch (SQLException e) {
      throw StoreException.broken("read " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** Within {@link #read}. */
  void each(Query query, Query.Binder binder, Query.Taker taker) throws SQLException {
    query.each(connection, names, binder, taker);
  }
}
