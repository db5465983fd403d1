package dev.parley.expression;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The data items that an expression can name. */
record Scope(Set<String> variables) {
  /** Of the expression that this thread compiles. */
  static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  Scope {
    variables = Set.copyOf(variables);
  }

  static Scope current() {
    return CURRENT.get();
  }

  /** For instance: {@code in scope are $customer, $order}. */
  @Override
  public String toString() {
    return variables.isEmpty()
        ? "no data item is in scope"
        : new TreeSet<>(variables)
            .stream().map(v -> "$" + v).collect(Collectors.joining(", ", "in scope are ", ""));
  }
}
