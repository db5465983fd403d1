package dev.parley.store;

import dev.parley.message.OperationName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.namespace.QName;

/** Names and their numbers, as far as they are known; a number never changes its meaning. */
final class KnownNames {
  private final Map<String, Integer> processNumbers = new ConcurrentHashMap<>();
  private final Map<Integer, String> processes = new ConcurrentHashMap<>();
  private final Map<OperationName, Integer> operationNumbers = new ConcurrentHashMap<>();
  private final Map<Integer, OperationName> operations = new ConcurrentHashMap<>();

  Optional<Integer> number(String process) {
    return Optional.ofNullable(processNumbers.get(process));
  }

  Optional<Integer> number(OperationName operation) {
    return Optional.ofNullable(operationNumbers.get(operation));
  }

  Optional<String> process(int number) {
    return Optional.ofNullable(processes.get(number));
  }

  Optional<OperationName> operation(int number) {
    return Optional.ofNullable(operations.get(number));
  }

  /** As tables have it; a process's key is its own text. */
  static String text(OperationName operation) {
    return operation.interfaceName() + " " + operation.operation();
  }

  // Neither a process's key nor an operation's name has a space in it (both are NCNames).
  void learn(int number, String text) {
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

  void forget(int number) {
    processNumbers.values().remove(number);
    operationNumbers.values().remove(number);
    processes.remove(number);
    operations.remove(number);
  }

  static IllegalStateException unknown(int number) {
    return new IllegalStateException("Expected name number " + number + " in table name");
  }
}
