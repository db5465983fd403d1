package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session that writes; one that broke is replaced. */
final class PostgresSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

  private static final String DURABLE =
      "select set_config('synchronous_commit', 'on', false)"
          + " where current_setting('synchronous_commit') = 'off'";

  private final PostgresLink link;
  private final Boot boot;
  private volatile @Nullable Connection connection;

  /** The store's number and this opening's. */
  record Boot(long store, int id) {
    String sessionName() {
      return "parley %016x boot %d".formatted(store, id);
    }

    String membershipName() {
      return sessionName() + " up";
    }

    /** Where gateways tell each other that they have committed something. */
    String channel() {
      return "parley_%016x".formatted(store);
    }
  }

  /** Connects when it is used. */
  PostgresSession(PostgresLink link, Boot boot) {
    this.link = link;
    this.boot = boot;
  }

  Boot boot() {
    return boot;
  }

  /** In a transaction, or ready for one. */
  Connection connection() throws SQLException {
    var open = connection;
    if (open == null) {
      open = connect();
      connection = open;
    }
    return open;
  }

  /** The one that there is, if any. */
  Optional<Connection> existing() {
    return Optional.ofNullable(connection);
  }

  /** After a failure: what is open is undone, or goes with its session. */
  void rollBack(SQLException cause) {
    var open = connection;
    if (open == null || PostgresErrors.isLost(open, cause)) {
      drop();
    } else {
      PostgresLink.rollBack(open);
    }
  }

  /** Whether a failure ended the session. */
  boolean isLost(SQLException cause) {
    var open = connection;
    return open == null || PostgresErrors.isLost(open, cause);
  }

  void drop() {
    var open = connection;
    connection = null;
    if (open != null) {
      PostgresLink.drop(open);
    }
  }

  /** The last batch of this boot that is committed; waits for one that is being committed. */
  long lastBatch() throws SQLException {
    var open = connection();
    long last =
        PostgresLink.number(
            open, "select batch from boot where id = %d for update".formatted(boot.id()));
    open.rollback();
    return last;
  }

  private Connection connect() throws SQLException {
    var fresh = link.connect();
    boolean ready = false;
    try {
      end(boot.sessionName(), fresh);
      Sql.execute(fresh, DURABLE);
      Sql.execute(fresh, "set application_name = '%s'".formatted(boot.sessionName()));
      fresh.setAutoCommit(false);
      ready = true;
      LOG.debug("A session with the {}", link.address());
      return fresh;
    } finally {
      if (!ready) {
        PostgresLink.drop(fresh);
      }
    }
  }

  /** The server may not have noticed yet that nobody is at the other end of the session before. */
  static void end(String sessionName, Connection fresh) throws SQLException {
    var sql =
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = ? and datname = current_database()";
    try (var statement = fresh.prepareStatement(sql)) {
      statement.setString(1, sessionName);
      statement.execute();
    }
  }

  @Override
  public void close() {
    drop();
  }
}
