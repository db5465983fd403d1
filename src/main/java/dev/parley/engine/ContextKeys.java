package dev.parley.engine;

import dev.parley.correlation.MessageKeys;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys that are computed from the process's data, anew whenever it has changed (BPMN 2.0.2, clause
 * 8.4.2: context-based correlation).
 */
final class ContextKeys {
  private ContextKeys() {}

  /** The end of a step; an instance that has ended keeps those it had. */
  static void compute(Execution execution) {
    var process = execution.state().scope(ProcessInstance.ROOT);
    boolean isFirst = execution.before().version() == 0;
    if (!(process.hasNewData() || isFirst) || !execution.isLive()) {
      return;
    }
    for (var key : execution.process().computedKeys()) {
      process.compute(key.index(), values(execution, key));
    }
  }

  /** None where one of its properties has no value, or cannot be computed, which is told. */
  private static List<String> values(Execution execution, ExecutableProcess.Key key) {
    var values = new ArrayList<String>();
    try {
      for (var path : key.paths()) {
        var value = value(execution, path);
        if (value.isEmpty()) {
          return List.of();
        }
        values.add(value);
      }
    } catch (BpmnError error) {
      execution.emit(
          new Effect.Incident(
              "",
              error.code().getLocalPart(),
              "The correlation key '%s' is not set: %s".formatted(key.name(), error.reason())));
      return List.of();
    }
    return values;
  }

  /** Of the first item, white space collapsed, as of what a message says. */
  private static String value(Execution execution, Expression path) {
    var value = execution.evaluate(path, ProcessInstance.ROOT, null);
    return value.isEmpty()
        ? ""
        : MessageKeys.collapsed(execution.computed(() -> value.split().getFirst().asText()));
  }
}
