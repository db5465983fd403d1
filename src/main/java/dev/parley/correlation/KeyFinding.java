package dev.parley.correlation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a message gives, or does not give, a correlation key.
 *
 * @param values of its properties; empty where the key has none in this message
 */
public record KeyFinding(String name, List<PropertyFinding> properties, List<String> values) {
  public KeyFinding {
    properties = List.copyOf(properties);
    values = List.copyOf(values);
  }

  /**
   * One property.
   *
   * @param path its retrieval expression for the message; empty where the model has none
   * @param value null where the path selects nothing
   * @param failure why the path could not be evaluated; empty where it could
   * @param given value that the sender names itself; null where it does not
   */
  public record PropertyFinding(
      String name, String path, @Nullable String value, String failure, @Nullable String given) {}
}
