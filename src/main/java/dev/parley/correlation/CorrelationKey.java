package dev.parley.correlation;

import dev.parley.message.Digest;
import java.util.List;

/**
 * The values of one correlation key, scoped so that it never leaks (BPMN 2.0.2, clause 8.4.2).
 *
 * @param process key of the process, all versions
 * @param scope that declared it; 0 is the process
 * @param name of the key
 * @param values in the order its properties are declared
 */
public record CorrelationKey(String process, int scope, String name, List<String> values) {
  /** The process's own scope. */
  public static final int PROCESS_SCOPE = 0;

  public CorrelationKey {
    values = List.copyOf(values);
  }

  /** What subscriptions, queues and holders are looked up by. */
  public Digest digest() {
    var parts = new String[values.size() + 3];
    parts[0] = process;
    parts[1] = Integer.toString(scope);
    parts[2] = name;
    for (int i = 0; i < values.size(); i++) {
      parts[i + 3] = values.get(i);
    }
    return Digest.of(parts);
  }

  @Override
  public String toString() {
    return name + "=" + String.join("+", values);
  }
}
