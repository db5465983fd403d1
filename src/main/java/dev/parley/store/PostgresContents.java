package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a gateway keeps of a database in memory, and the sessions that it reads the rest with.
 *
 * @param reader for messages
 * @param viewer for people
 */
record PostgresContents(
    PostgresReader reader,
    PostgresReader viewer,
    PostgresNames names,
    PostgresNews news,
    PostgresIdentities identities) {

  /** When the gateway is counted among those that are up. */
  static PostgresContents read(PostgresLink link, PostgresSession session) throws SQLException {
    var connection = session.connection();
    var names = new PostgresNames(link, connection);
    connection.commit();
    // One state of the tables: what is committed from then on is heard of.
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    var news = PostgresNews.read(session.boot(), connection);
    var identities = new PostgresIdentities(connection, news.opened());
    connection.commit();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return new PostgresContents(
        new PostgresReader(link::connect, names),
        new PostgresReader(link::view, names),
        names,
        news,
        identities);
  }

  /** No more is read. */
  void close() {
    reader.close();
    viewer.close();
  }
}
