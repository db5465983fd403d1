package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Makes sessions with a database. */
record PostgresLink(PostgresAddress address) {
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 60;
  private static final int LONG_ANSWER_SECONDS = 900;

  /**
   * Everything on a message's way is found by its key. Left alone, a plan that was made while a
   * table was empty would read the whole of it for a minute after it has grown.
   */
  private static final String BY_KEY =
      "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;"
          + " set jit = off";

  /**
   * What a gateway that vanishes has locked is free again within seconds: the server asks whether
   * somebody is there, and waits for nobody in the middle of a transaction.
   */
  private static final String SOON_FREE =
      "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;"
          + " set idle_in_transaction_session_timeout = 10000;"
          + " set session characteristics as transaction isolation level read committed;";

  /** For messages. */
  Connection connect() throws SQLException {
    return connect(ANSWER_SECONDS, SOON_FREE + BY_KEY);
  }

  /** For people. */
  Connection view() throws SQLException {
    return connect(LONG_ANSWER_SECONDS, "set jit = off");
  }

  private Connection connect(int answerSeconds, String settings) throws SQLException {
    Properties properties = address.login();
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, answerSeconds);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(properties, "parley");
    var connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("The driver does not take the address");
    }
    try {
      Sql.execute(connection, settings);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A session that cannot is dropped by whoever uses it next. */
  static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      drop(connection);
    }
  }

  /** For good or because it broke: nobody minds how that goes. */
  static void drop(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone either way.
      return;
    }
  }
}
