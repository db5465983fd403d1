package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction for each batch. Its last statement writes the batch's number: when the answer to
 * a COMMIT is lost, that says whether it happened.
 */
final class PostgresWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PostgresSession session;
  private final PostgresInstances instances;
  private final PostgresMessages messages;
  private final PostgresOperators operators;
  private final Duration patience;
  private long last;
  private volatile boolean closed;

  /**
   * A writer.
   *
   * @param patience how long it looks for the outcome of a COMMIT whose answer is lost
   */
  PostgresWriter(PostgresSession session, PostgresNames names, Duration patience) {
    this.session = session;
    this.patience = patience;
    instances = new PostgresInstances(names);
    messages = new PostgresMessages(names);
    operators = new PostgresOperators(names);
  }

  void commit(Batch batch) {
    long number = ++last;
    try {
      write(batch, number);
    } catch (SQLException e) {
      session.rollBack(e);
      throw notWritten(e);
    } catch (RuntimeException e) {
      session.rollBack(new SQLException(e));
      throw e;
    }
    try {
      session.connection().commit();
    } catch (SQLException e) {
      requireCommitted(number, e);
    }
  }

  /** A session that broke while nobody used it is replaced: nothing is written before COMMIT. */
  private void write(Batch batch, long number) throws SQLException {
    try {
      write(batch, number, session.connection());
    } catch (SQLException e) {
      if (!session.isLost(e)) {
        throw e;
      }
      session.drop();
      write(batch, number, session.connection());
    }
  }

  private static StoreException notWritten(SQLException e) {
    var refusal = PostgresErrors.notWritten(e);
    if (!PostgresErrors.isRace(e)) {
      LOG.warn("A batch was not written: {}", PostgresErrors.oneLine(e));
    }
    return refusal;
  }

  /** Tables in one order, rows of each in one order: no two writers wait for each other. */
  private void write(Batch batch, long number, Connection connection) throws SQLException {
    instances.write(batch, connection);
    messages.write(batch, connection);
    operators.write(batch, connection);
    try (var mark = connection.prepareStatement("update boot set batch = ? where id = ?")) {
      mark.setLong(1, number);
      mark.setInt(2, session.boot().id());
      mark.executeUpdate();
    }
  }

  private void requireCommitted(long number, SQLException cause) {
    if (!session.isLost(cause)) {
      session.rollBack(cause);
      throw notWritten(cause);
    }
    LOG.warn(
        "The answer to a COMMIT is lost, its outcome is looked up: {}",
        PostgresErrors.oneLine(cause));
    session.drop();
    long until = System.nanoTime() + patience.toNanos();
    while (!closed && System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
      try {
        boolean committed = session.lastBatch() == number;
        LOG.warn("The batch was {}", committed ? "committed" : "not committed");
        if (committed) {
          return;
        }
        throw StoreException.unavailable(cause);
      } catch (SQLException e) {
        session.drop();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    throw StoreException.broken("commit, and to say whether it did", cause);
  }

  @Override
  public void close() {
    closed = true;
  }
}
