package dev.parley.store;

import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One transaction for each batch, on a connection of its own. */
final class SqliteWriter {
  /** Statements of one transaction. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private final Names names;
  private final RecentIdentities identities;
  private final WaitingFilter waiting;
  private final MessageTables messages;
  private final InstanceTables instances;
  private final OperatorTables operators;
  private final Statement transaction;
  private @Nullable SQLException broken;

  SqliteWriter(Session session, RecentIdentities identities, WaitingFilter waiting)
      throws SQLException {
    this.names = session.names();
    this.identities = identities;
    this.waiting = waiting;
    messages = new MessageTables(session, identities);
    instances = new InstanceTables(session);
    operators = new OperatorTables(session);
    transaction = session.connection().createStatement();
  }

  void commit(Batch batch) {
    transact(
        () -> {
          waiting.refresh();
          waiting.add(batch.newWaiting());
        },
        () -> {
          instances.write(batch);
          messages.write(batch);
          operators.write(batch);
        });
  }

  /** What is written here is durable when this returns, or not written at all. */
  void transact(Work work) {
    transact(() -> {}, work);
  }

  private void transact(Work before, Work work) {
    if (broken != null) {
      // Whether the earlier batch is there is unknown until the log has been read again.
      throw StoreException.broken("commit, and must be opened again", broken);
    }
    boolean committed = false;
    try {
      before.run();
      transaction.executeUpdate("begin immediate");
      work.run();
      transaction.executeUpdate("commit");
      committed = true;
      names.committed();
      identities.committed();
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (!committed) {
        rollBack();
      }
    }
  }

  private StoreException failure(SQLException e) {
    return switch (e.getErrorCode()) {
      case Sql.FULL -> StoreException.full(e);
      case Sql.CONSTRAINT ->
          StoreException.lostRace("A row of the batch is there already: " + e.getMessage());
      default -> {
        broken = e;
        yield StoreException.broken("commit", e);
      }
    };
  }

  private void rollBack() {
    names.rolledBack();
    identities.rolledBack();
    try {
      transaction.executeUpdate("rollback");
    } catch (SQLException e) {
      // SQLite rolls back by itself when the disk is full, and then there is nothing left to do;
      // should a transaction be open still, the next one cannot begin and says so.
      return;
    }
  }
}
