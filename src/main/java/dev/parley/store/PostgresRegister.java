package dev.parley.store;

import dev.parley.store.PostgresSession.Boot;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which gateways are up, in tables gateway and boot: changed under the row lock that every commit
 * needs. Who is up has a lock of its own; whose lock is free is found to have ended.
 */
final class PostgresRegister {
  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

  /** The locks of one schema's gateways. */
  private static final String CLASS =
      "(hashtext('parley gateway ' || coalesce(current_schema(), '')) & 2147483647)";

  /** Looked at, not tried: two who look do not take each other for the gateway. */
  private static final String IS_THERE =
      "exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted"
          + " and l.database = (select oid from pg_database where datname = current_database())"
          + " and l.classid = %s::oid and l.objid = boot.id::oid and l.objsubid = 2)"
              .formatted(CLASS);

  private static final String NEXT =
      "insert into gateway (id, store, boot) values (1, ?, 1)"
          + " on conflict (id) do update set boot = gateway.boot + 1 returning store, boot";

  private static final String ENTER =
      "insert into boot (id, node, opened_at) values (?, ?, %s)".formatted(NOW);

  private static final String COUNT =
      "update gateway set commits = commits + 1, gateways ="
          + " (select count(*) from boot where ended_at is null) where id = 1 returning commits";

  private PostgresRegister() {}

  /** Another gateway that is up, or was. */
  record Standing(int boot, boolean isThere) {}

  /** A new boot, told to the others; whose lock is free has ended. */
  static Boot join(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var next = connection.prepareStatement(NEXT);
        var enter = connection.prepareStatement(ENTER)) {
      next.setLong(1, new SecureRandom().nextLong());
      try (var rows = next.executeQuery()) {
        rows.next();
        var boot = new Boot(rows.getLong(1), rows.getInt(2));
        lock(boot, connection);
        enter.setInt(1, boot.id());
        enter.setString(2, Node.name());
        enter.executeUpdate();
        end("id <> %d and not %s".formatted(boot.id(), IS_THERE), connection);
        tell(boot, boot.id(), connection);
        connection.commit();
        return boot;
      }
    } catch (SQLException e) {
      PostgresLink.rollBack(connection);
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Held as long as the session. */
  static void lock(Boot boot, Connection connection) throws SQLException {
    Sql.execute(connection, "select pg_advisory_lock(%s, %d)".formatted(CLASS, boot.id()));
  }

  /** All that have not ended, this one among them. */
  static List<Standing> look(Connection connection) throws SQLException {
    var found = new ArrayList<Standing>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select id, %s from boot where ended_at is null order by id".formatted(IS_THERE))) {
      while (rows.next()) {
        found.add(new Standing(rows.getInt(1), rows.getBoolean(2)));
      }
    }
    return found;
  }

  /** Another gateway has ended, unless it is there again. */
  static void declareEnded(Boot boot, int other, Connection connection) throws SQLException {
    change(boot, "id = %d and not %s".formatted(other, IS_THERE), connection);
  }

  /** This gateway ends. */
  static void leave(Boot boot, Connection connection) throws SQLException {
    change(boot, "id = " + boot.id(), connection);
  }

  private static void change(Boot boot, String which, Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Sql.execute(connection, "select commits from gateway where id = 1 for update");
      if (end(which, connection) > 0) {
        tell(boot, 0, connection);
        connection.commit();
      } else {
        connection.rollback();
      }
    } catch (SQLException e) {
      PostgresLink.rollBack(connection);
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  private static int end(String which, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate(
          "update boot set ended_at = %s where ended_at is null and %s".formatted(NOW, which));
    }
  }

  private static void tell(Boot boot, int teller, Connection connection) throws SQLException {
    long number = PostgresLink.number(connection, COUNT);
    PostgresCommitLog.tell(boot, teller, LoggedCommit.ofGateways(number), connection);
  }
}
