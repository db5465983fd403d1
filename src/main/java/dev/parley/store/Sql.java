package dev.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections to the database file, and statements that are run once. */
final class Sql {
  static final int READ_ONLY = 8;
  static final int FULL = 13;
  static final int CANNOT_OPEN = 14;
  static final int CORRUPT = 11;
  static final int NOT_A_DATABASE = 26;
  static final int CONSTRAINT = 19;

  private static final String COMMON =
      "pragma busy_timeout = 5000; pragma temp_store = memory; pragma foreign_keys = off;";

  private Sql() {}

  /** The one that writes; makes the file where it is missing. */
  static Connection writing(Path file) throws SQLException {
    return open(
        file,
        COMMON
            + "pragma page_size = 4096; pragma synchronous = full;"
            + "pragma wal_autocheckpoint = 0; pragma cache_size = -65536;");
  }

  /** One that cannot write. */
  static Connection reading(Path file) throws SQLException {
    var connection = open(file, COMMON + "pragma cache_size = -16384; pragma query_only = on;");
    connection.setAutoCommit(false);
    return connection;
  }

  /** The checkpointer's: gives up soon when a reader is in its way. */
  static Connection checkpointing(Path file) throws SQLException {
    return open(
        file,
        "pragma busy_timeout = 50; pragma synchronous = full; pragma wal_autocheckpoint = 0;");
  }

  static void run(Connection connection, String statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(statements);
    }
  }

  /** For statements of which some give rows, and nobody wants them. */
  static void execute(Connection connection, String statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  static int number(Connection connection, String query) throws SQLException {
    return Math.toIntExact(bigNumber(connection, query));
  }

  static long bigNumber(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.getLong(1);
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.getString(1);
    }
  }

  private static Connection open(Path file, String pragmas) throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      run(connection, pragmas);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
