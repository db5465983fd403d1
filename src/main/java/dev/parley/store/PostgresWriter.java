package dev.parley.store;

import dev.parley.store.PostgresTransaction.Told;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction for each batch. At its end the batch's number is written: when the answer to a
 * COMMIT is lost, that says whether it happened.
 */
final class PostgresWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final PostgresSession session;
  private final PostgresCommitLog log;
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
      PostgresCommitLog log,
      PostgresNames names,
      PostgresIdentities identities,
      Duration patience) {
    this.session = session;
    this.log = log;
    this.identities = identities;
    this.patience = patience;
    instances = new PostgresInstances(names);
    messages = new PostgresMessages(names, identities);
    operators = new PostgresOperators(names);
  }

  void commit(Batch batch, ReadSet reads) {
    if (identities.isToBeFollowed(batch.identities())) {
      rollIdentities(() -> identities.isToBeFollowed(batch.identities()));
    }
    // Tables in one order, rows of each in one order: writers wait for each other seldom, and no
    // two of them for ever.
    transact(
        new PostgresTransaction(
            connection -> {
              instances.write(batch, connection);
              messages.write(batch, connection);
              operators.write(batch, connection);
            },
            reads,
            () -> Told.of(batch)));
  }

  /** Opens another slice of identities where that is due once everything has been heard. */
  void rollIdentities(BooleanSupplier isDue) {
    int boot = session.boot().id();
    transact(PostgresTransaction.slicing(c -> identities.roll(isDue, boot, c), 0));
  }

  /** What is written here is durable when this returns, or not written at all. */
  void transact(PostgresTransaction work) {
    long number = ++last;
    boolean committed = false;
    try {
      write(work, number);
      commit(number);
      identities.committed();
      log.committed();
      committed = true;
    } finally {
      if (!committed) {
        identities.rolledBack();
      }
    }
  }

  private void write(PostgresTransaction work, long number) {
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
  private void writeAtLast(PostgresTransaction work, long number) throws SQLException {
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

  private void write(PostgresTransaction work, long number, Connection connection)
      throws SQLException {
    work.work().run(connection);
    log.end(work, identities.written(), number, connection);
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
