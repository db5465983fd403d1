package dev.parley.store;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session that writes. It holds the lock that makes its gateway the only one, so that whoever
 * can write may write; a session that broke is replaced by one that has the lock again.
 */
final class PostgresSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

  private static final String LOCK =
      "set lock_timeout = %d;"
          + " select pg_advisory_lock(1346458188, hashtext(coalesce(current_schema(), '')));"
          + " set lock_timeout = 0";

  private static final String DURABLE =
      "select set_config('synchronous_commit', 'on', false)"
          + " where current_setting('synchronous_commit') = 'off'";

  private static final String NEXT_BOOT =
      "insert into gateway (id, store, boot) values (1, ?, 1)"
          + " on conflict (id) do update set boot = gateway.boot + 1 returning store, boot";

  private static final String BOOT =
      "insert into boot (id, node, opened_at)"
          + " values (?, ?, (extract(epoch from clock_timestamp()) * 1000)::bigint)";

  private final PostgresLink link;
  private final Boot boot;
  private final Duration lockWait;
  private volatile @Nullable Connection connection;

  /** The store's number and this opening's. */
  record Boot(long store, int id) {
    String sessionName() {
      return "parley %016x boot %d".formatted(store, id);
    }
  }

  private PostgresSession(PostgresLink link, Connection connection, Boot boot, Duration lockWait) {
    this.lockWait = lockWait;
    this.link = link;
    this.connection = connection;
    this.boot = boot;
  }

  /** Opens the store: takes the lock, brings the tables to this version, counts the boot. */
  // The session closes its connection.
  @SuppressWarnings("MustBeClosedChecker")
  static PostgresSession open(PostgresLink link, Duration lockWait) throws StoreUnusable {
    Connection connection;
    try {
      connection = link.connect();
    } catch (SQLException e) {
      throw PostgresErrors.unusable(link.address(), e);
    }
    boolean opened = false;
    try {
      lock(connection, link.address(), lockWait);
      PostgresSchema.CURRENT.migrate(connection, link.address());
      var boot = boot(connection);
      use(connection, boot);
      opened = true;
      return new PostgresSession(link, connection, boot, lockWait);
    } catch (SQLException e) {
      throw PostgresErrors.unusable(link.address(), e);
    } finally {
      if (!opened) {
        PostgresLink.drop(connection);
      }
    }
  }

  Boot boot() {
    return boot;
  }

  /** In a transaction, or ready for one. Throws StoreException where another gateway took over. */
  Connection connection() throws SQLException {
    var open = connection;
    if (open == null) {
      open = reconnect();
      connection = open;
      LOG.info("The {} is back", link.address());
    }
    return open;
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

  private Connection reconnect() throws SQLException {
    var fresh = link.connect();
    boolean ready = false;
    try {
      endEarlier(fresh);
      Sql.execute(fresh, LOCK.formatted(lockWait.toMillis()));
      if (PostgresLink.number(fresh, "select boot from gateway") != boot.id()) {
        throw StoreException.broken(
            "commit", new IllegalStateException("another gateway has opened the database since"));
      }
      use(fresh, boot);
      ready = true;
      return fresh;
    } finally {
      if (!ready) {
        PostgresLink.drop(fresh);
      }
    }
  }

  /** The server may not have noticed yet that nobody is at the other end of the session before. */
  private void endEarlier(Connection fresh) throws SQLException {
    var sql =
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = ? and datname = current_database()";
    try (var statement = fresh.prepareStatement(sql)) {
      statement.setString(1, boot.sessionName());
      statement.execute();
    }
  }

  private static void use(Connection connection, Boot boot) throws SQLException {
    Sql.execute(connection, DURABLE);
    Sql.execute(connection, "set application_name = '%s'".formatted(boot.sessionName()));
    connection.setAutoCommit(false);
  }

  private static void lock(Connection connection, PostgresAddress address, Duration wait)
      throws SQLException, StoreUnusable {
    try {
      Sql.execute(connection, LOCK.formatted(wait.toMillis()));
    } catch (SQLException e) {
      if (PostgresErrors.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw StoreUnusable.inUse(address, holder(connection));
      }
      throw e;
    }
  }

  private static String holder(Connection connection) throws SQLException {
    if (PostgresLink.number(connection, "select count(to_regclass('boot'))") == 0) {
      return "that is opening it";
    }
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select node from boot order by id desc limit 1")) {
      return rows.next() ? rows.getString(1) : "that is opening it";
    }
  }

  private static Boot boot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var next = connection.prepareStatement(NEXT_BOOT);
        var insert = connection.prepareStatement(BOOT)) {
      next.setLong(1, new SecureRandom().nextLong());
      try (var rows = next.executeQuery()) {
        rows.next();
        var boot = new Boot(rows.getLong(1), rows.getInt(2));
        insert.setInt(1, boot.id());
        insert.setString(2, Node.name());
        insert.executeUpdate();
        connection.commit();
        return boot;
      }
    }
  }

  @Override
  public void close() {
    drop();
  }
}
