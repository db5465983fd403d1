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
  private final PostgresIdentities identities;
  private final Duration patience;
  private long last;
  private volatile boolean closed;

  /**
   * A writer.
   *
   * @param patience how long it looks for the outcome of a COMMIT whose answer is lost
   */
  PostgresWriter(
      PostgresSession session,
      PostgresNames names,
      PostgresIdentities identities,
      Duration patience) {
    this.session = session;
    this.identities = identities;
    this.patience = patience;
    instances = new PostgresInstances(names);
    messages = new PostgresMessages(names, identities);
    operators = new PostgresOperators(names);
  }

  /** Statements of one transaction. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection) throws SQLException;
  }

  void commit(Batch batch) {
    // Tables in one order, rows of each in one order: no two writers wait for each other.
    transact(
        connection -> {
          instances.write(batch, connection);
          messages.write(batch, connection);
          operators.write(batch, connection);
        });
  }

  /** What is written here is durable when this returns, or not written at all. */
  void transact(Work work) {
    long number = ++last;
    boolean committed = false;
    try {
      write(work, number);
      commit(number);
      identities.committed();
      committed = true;
    } finally {
      if (!committed) {
        identities.rolledBack();
      }
    }
  }

  private void write(Work work, long number) {
    try {
      writeAtLast(work, number);
    } catch (SQLException e) {
      session.rollBack(e);
      throw notWritten(e);
    } catch (RuntimeException e) {
      session.rollBack(new SQLException(e));
      throw e;
    }
  }

  private void commit(long number) {
    try {
      session.connection().commit();
    } catch (SQLException e) {
      requireCommitted(number, e);
    }
  }

  /** A session that broke while nobody used it is replaced: nothing is written before COMMIT. */
  private void writeAtLast(Work work, long number) throws SQLException {
    try {
      write(work, number, session.connection());
    } catch (SQLException e) {
      if (!session.isLost(e)) {
        throw e;
      }
      session.drop();
      identities.rolledBack();
      write(work, number, session.connection());
    }
  }

  private static StoreException notWritten(SQLException e) {
    var refusal = PostgresErrors.notWritten(e);
    if (!PostgresErrors.isRace(e)) {
      LOG.warn("A batch was not written: {}", PostgresErrors.oneLine(e));
    }
    return refusal;
  }

  private void write(Work work, long number, Connection connection) throws SQLException {
    work.run(connection);
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
