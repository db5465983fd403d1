package dev.parley.store;

import dev.parley.message.OperationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers for the keys of processes and the names of operations, so that rows stay narrow. Numbers
 * are known to readers before they are committed, which is harmless: no row bears them yet. The
 * number of a name whose commit failed is not given again.
 */
final class Names implements Naming {
  static final int UNKNOWN = -1;

  private final KnownNames known = new KnownNames();
  private final List<Integer> uncommitted = new ArrayList<>();
  private final PreparedStatement insert;
  private int last;

  /** Reads what is there; the connection is the one that commits. */
  Names(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select id, text from name")) {
      while (rows.next()) {
        learn(rows.getInt(1), rows.getString(2));
      }
    }
    insert = connection.prepareStatement("insert into name (id, text) values (?, ?)");
  }

  /** {@link #UNKNOWN} where no row bears it. */
  int number(OperationName operation) {
    return known.number(operation).orElse(UNKNOWN);
  }

  @Override
  public String process(int number) {
    return known.process(number).orElseThrow(() -> KnownNames.unknown(number));
  }

  @Override
  public OperationName operation(int number) {
    return known.operation(number).orElseThrow(() -> KnownNames.unknown(number));
  }

  /** Writes it in the transaction under way when it is new. */
  int intern(String process) throws SQLException {
    var number = known.number(process);
    return number.isPresent() ? number.get() : add(process);
  }

  /** Writes it in the transaction under way when it is new. */
  int intern(OperationName operation) throws SQLException {
    var number = known.number(operation);
    return number.isPresent() ? number.get() : add(KnownNames.text(operation));
  }

  void committed() {
    uncommitted.clear();
  }

  void rolledBack() {
    uncommitted.forEach(known::forget);
    uncommitted.clear();
  }

  private int add(String text) throws SQLException {
    int number = last + 1;
    learn(number, text);
    uncommitted.add(number);
    insert.setInt(1, number);
    insert.setString(2, text);
    insert.addBatch();
    insert.executeBatch();
    return number;
  }

  private void learn(int number, String text) {
    last = Math.max(last, number);
    known.learn(number, text);
  }
}
