package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** What the database's error codes (SQLSTATE) mean to a store. */
final class PostgresErrors {
  /** A lock was not given in the time one is willing to wait. */
  static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String NO_TABLE = "42P01";

  /** The server ends who leaves a transaction open. */
  private static final String LEFT_OPEN = "25P03";

  private static final String DISK_FULL = "53100";
  private static final String NO_DATABASE = "3D000";
  private static final Set<String> LOGIN = Set.of("28000", "28P01", "08004");
  private static final Set<String> RIGHTS = Set.of("42501", "25006");

  private PostgresErrors() {}

  /** A statement before COMMIT failed: whatever the reason was, nothing is written. */
  static StoreException notWritten(SQLException e) {
    String state = state(e);
    if (isRace(e)) {
      return StoreException.lostRace("Another writer was first: " + oneLine(e));
    }
    return state.equals(DISK_FULL) ? StoreException.databaseFull(e) : StoreException.unavailable(e);
  }

  /** A row is there already, two writers waited for each other, or a slice has been dropped. */
  static boolean isRace(SQLException e) {
    return state(e).startsWith("23") || state(e).startsWith("40") || isOfNoTable(e);
  }

  /** Whether there is no such table, any more. */
  static boolean isOfNoTable(SQLException e) {
    return state(e).equals(NO_TABLE);
  }

  static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\R *", " ");
  }

  static StoreUnusable unusable(PostgresAddress address, SQLException e) {
    String state = state(e);
    if (state.equals(NO_DATABASE)) {
      return StoreUnusable.noDatabase(address, e);
    }
    if (LOGIN.contains(state)) {
      return StoreUnusable.login(address, e);
    }
    if (state.startsWith("08")) {
      return StoreUnusable.unreachable(address, e);
    }
    return RIGHTS.contains(state)
        ? StoreUnusable.noRights(address, e)
        : StoreUnusable.failed(address, e);
  }

  /** Whether the session has ended; another one may fare better. */
  static boolean isLost(Connection connection, SQLException e) {
    String state = state(e);
    try {
      return state.startsWith("08")
          || state.startsWith("57P")
          || state.equals(LEFT_OPEN)
          || connection.isClosed();
    } catch (SQLException again) {
      return true;
    }
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }
}
