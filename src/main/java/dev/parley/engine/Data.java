package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ActivityData.Input;
import dev.parley.deployment.Interaction.Assignment;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.expression.Expression;
import dev.parley.expression.Replacement;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Data items and correlation keys, each in the scope that declares it. */
final class Data {
  private final Execution execution;

  Data(Execution execution) {
    this.execution = execution;
  }

  /** A message that came in: what is kept whole is stored by its id. */
  void keep(int scope, Message message, List<Keep> keeps) {
    var value = Value.received(message.body(), message.id().value());
    keep(scope, value, message.headers().blocks(), keeps);
  }

  /** The same of a message that is kept whole only where its data is. */
  void keep(int scope, Body message, List<Body> blocks, List<Keep> keeps) {
    if (!keeps.isEmpty()) {
      keep(scope, message.isEmpty() ? Value.EMPTY : Value.xml(message), blocks, keeps);
    }
  }

  void keep(int scope, Body message, List<Keep> keeps) {
    keep(scope, message, List.of(), keeps);
  }

  void keep(int scope, Value value, List<Keep> keeps) {
    keep(scope, value, List.of(), keeps);
  }

  /**
   * What came in.
   *
   * @param blocks the SOAP header blocks that came with it
   */
  private void keep(int scope, Value value, List<Body> blocks, List<Keep> keeps) {
    for (var keep : keeps) {
      var expression = keep.expression();
      if (expression == null && keep.assignments().isEmpty()) {
        set(scope, keep.item(), value);
        continue;
      }
      var made =
          expression == null ? get(scope, keep.item()) : evaluate(expression, scope, value, blocks);
      var source = new DataScope(execution, scope, value).with(blocks);
      set(scope, keep.item(), assign(scope, source, names(keep.item()), made, keep.assignments()));
    }
  }

  private Value evaluate(
      Expression expression, int scope, @Nullable Value context, List<Body> blocks) {
    return execution.computed(
        () -> expression.evaluate(new DataScope(execution, scope, context).with(blocks)));
  }

  /** What an outgoing message, or data given to an activity, is made of; null where it is unset. */
  @Nullable Value outgoing(int scope, Outgoing outgoing) {
    return switch (outgoing) {
      case Outgoing.Nothing _ -> null;
      case Outgoing.Item(int item) -> get(scope, item);
      case Outgoing.Computed(var expression) -> execution.evaluate(expression, scope, null);
      case Outgoing.Assigned(var expression, var assignments) -> {
        var made = expression == null ? null : execution.evaluate(expression, scope, null);
        yield assign(scope, new DataScope(execution, scope, null), Set.of(), made, assignments);
      }
    };
  }

  /**
   * Assignments, one after the other, into a value that may be unset (clause 10.4.2).
   *
   * @param source what is assigned is found in
   * @param names what the paths into the value call it
   */
  private Value assign(
      int scope,
      DataScope source,
      Set<String> names,
      @Nullable Value target,
      List<Assignment> assignments) {
    var made = target == null ? Value.EMPTY : target;
    for (var assignment : assignments) {
      var from = execution.computed(() -> assignment.from().evaluate(source));
      var to = assignment.to();
      if (to == null) {
        made = from;
      } else {
        var before = made;
        var called = new HashMap<String, Value>();
        names.forEach(name -> called.put(name, before));
        var environment = new DataScope(execution, scope, before, called);
        var selected = execution.computed(() -> to.evaluate(environment));
        made = execution.computed(() -> Replacement.of(before, selected, from));
      }
    }
    return made;
  }

  /** What expressions call a data item: its name and its id. */
  private Set<String> names(int item) {
    var process = execution.process();
    var variables = process.scope(process.items().get(item).scope()).variables();
    return variables.entrySet().stream()
        .filter(e -> e.getValue().index() == item)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The data inputs of an activity that begins; one that no association fills is absent. */
  SortedMap<String, Value> given(int scope, List<Input> inputs) {
    var given = new TreeMap<String, Value>();
    for (var input : inputs) {
      var value = outgoing(scope, input.value());
      if (value == null && !input.isOptional()) {
        throw new BpmnError(
            BpmnError.INVALID_DATA,
            "Expected data input '%s' to be set when the activity begins".formatted(input.name()));
      }
      if (value != null) {
        execution.computed(value::encode);
        given.put(input.name(), value.detached());
      }
    }
    return given;
  }

  /** A value that cannot be stored, such as a function, fails here and not in the commit. */
  void set(int scope, int item, Value value) {
    if (value.message().isEmpty()) {
      execution.computed(value::encode);
    }
    holder(scope, execution.process().items().get(item).scope()).set(item, value);
  }

  @Nullable Value get(int scope, int item) {
    return holder(scope, execution.process().items().get(item).scope()).items().get(item);
  }

  /** What an expression calls by a name, seen from a scope outwards; null where it is unset. */
  @Nullable Value variable(int scope, String name) {
    for (int at = scope; at >= 0; at = execution.state().scope(at).parent()) {
      var live = execution.state().scope(at);
      var item = execution.process().scope(live.definition()).variables().get(name);
      if (item != null) {
        return live.items().get(item.index());
      }
      var own =
          live.round() == 0 ? Optional.<Value>empty() : Loops.attribute(execution, live, name);
      if (own.isPresent()) {
        return own.get();
      }
    }
    return null;
  }

  /** The innermost scope from this one outwards that is of a definition; else the process's. */
  private LiveScope holder(int scope, int definition) {
    var at = execution.state().scope(scope);
    while (at.definition() != definition && !at.isRoot()) {
      at = execution.state().scope(at.parent());
    }
    return at;
  }

  /**
   * Sets keys that are not set; throws where one that is set has another value: a set key never
   * changes.
   */
  void correlate(int scope, KeySet more) {
    var set = execution.state().keys(scope);
    int contradiction = more.contradiction(set);
    if (contradiction >= 0) {
      throw new BpmnError(
          BpmnError.CORRELATION_VIOLATION,
          "Expected correlation key '%s' to stay %s, but a message has %s"
              .formatted(
                  execution.process().keys().get(contradiction).name(),
                  set.values().get(contradiction),
                  more.values().get(contradiction)));
    }
    var unset = new HashMap<LiveScope, Map<Integer, List<String>>>();
    more.values()
        .forEach(
            (key, values) -> {
              var declared = execution.process().keys().get(key);
              if (!set.has(key) && !declared.isComputed()) {
                unset
                    .computeIfAbsent(holder(scope, declared.scope()), _ -> new HashMap<>())
                    .put(key, values);
              }
            });
    unset.forEach((declaring, keys) -> declaring.correlate(KeySet.of(keys)));
  }
}
