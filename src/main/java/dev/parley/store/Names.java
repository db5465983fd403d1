package dev.parley.store;

import dev.parley.message.OperationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the keys of processes and the names of operations, so that rows stay narrow. Numbers
 * are known to readers before they are committed, which is harmless: no row bears them yet. The
 * number of a name whose commit failed is not given again.
 */
final class Names {
  static final int UNKNOWN = -1;

  private final Map<String, Integer> processNumbers = new ConcurrentHashMap<>();
  private final Map<Integer, String> processes = new ConcurrentHashMap<>();
  private final Map<OperationName, Integer> operationNumbers = new ConcurrentHashMap<>();
  private final Map<Integer, OperationName> operations = new ConcurrentHashMap<>();

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
    return operationNumbers.getOrDefault(operation, UNKNOWN);
  }

  String process(int number) {
    return known(processes.get(number), number);
  }

  OperationName operation(int number) {
    return known(operations.get(number), number);
  }

  /** Writes it in the transaction under way when it is new. */
  int intern(String process) throws SQLException {
    Integer number = processNumbers.get(process);
    return number != null ? number : add(process);
  }

  /** Writes it in the transaction under way when it is new. */
  int intern(OperationName operation) throws SQLException {
    Integer number = operationNumbers.get(operation);
    return number != null ? number : add(operation.interfaceName() + " " + operation.operation());
  }

  void committed() {
    uncommitted.clear();
  }

  void rolledBack() {
    for (int number : uncommitted) {
      processNumbers.values().remove(number);
      operationNumbers.values().remove(number);
      processes.remove(number);
      operations.remove(number);
    }
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

  // Neither a process's key nor an operation's name has a space in it (both are NCNames).
  private void learn(int number, String text) {
    last = Math.max(last, number);
    int space = text.lastIndexOf(' ');
    if (space < 0) {
      processes.put(number, text);
      processNumbers.put(text, number);
    } else {
      var operation =
          new OperationName(QName.valueOf(text.substring(0, space)), text.substring(space + 1));
      operations.put(number, operation);
      operationNumbers.put(operation, number);
    }
  }

  private static <T> T known(@Nullable T name, int number) {
    if (name == null) {
      throw new IllegalStateException("Expected name number " + number + " in table name");
    }
    return name;
  }
}
