package dev.parley.store;

import dev.parley.message.OperationName;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Numbers for the keys of processes and the names of operations. A name gets its number in a
 * transaction of its own, before any row bears it; numbers that others gave are looked up.
 */
final class PostgresNames implements Naming {
  private static final String ADD =
      "insert into name (text) values (?) on conflict (text) do nothing";

  private final KnownNames known = new KnownNames();
  private final PostgresLink link;

  PostgresNames(PostgresLink link, Connection connection) throws SQLException {
    this.link = link;
    learn(connection);
  }

  int number(String process) {
    return known
        .number(process)
        .or(
            () -> {
              add(process);
              return known.number(process);
            })
        .orElseThrow();
  }

  int number(OperationName operation) {
    return known
        .number(operation)
        .or(
            () -> {
              add(KnownNames.text(operation));
              return known.number(operation);
            })
        .orElseThrow();
  }

  @Override
  public String process(int number) {
    return known
        .process(number)
        .or(
            () -> {
              look();
              return known.process(number);
            })
        .orElseThrow(() -> KnownNames.unknown(number));
  }

  @Override
  public OperationName operation(int number) {
    return known
        .operation(number)
        .or(
            () -> {
              look();
              return known.operation(number);
            })
        .orElseThrow(() -> KnownNames.unknown(number));
  }

  private void add(String text) {
    try (var connection = link.connect();
        var insert = connection.prepareStatement(ADD)) {
      insert.setString(1, text);
      insert.executeUpdate();
      learn(connection);
    } catch (SQLException e) {
      throw StoreException.unavailable(e);
    }
  }

  private void look() {
    try (var connection = link.connect()) {
      learn(connection);
    } catch (SQLException e) {
      throw StoreException.unreadable("names", e);
    }
  }

  private void learn(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select id, text from name")) {
      while (rows.next()) {
        known.learn(rows.getInt(1), rows.getString(2));
      }
    }
  }
}
