package dev.parley.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an expression sees; the same environment gives the same value. */
public interface Environment {

  /** The context item; an element is seen as the only child of a document node. */
  @Nullable Value context();

  /** A data item by its name; null where it is not set. */
  @Nullable Value variable(String name);

  /** What {@code current-dateTime()} gives. */
  Instant now();

  /** The next value of {@code parley:uuid()}; each call of that function asks again. */
  String uuid();

  /**
   * What {@code parley:header(name)} gives: the SOAP header blocks of this name in the message that
   * came in; name is {@code {namespace}local}, or without a namespace.
   */
  default Value headers(String name) {
    return Value.EMPTY;
  }

  /**
   * What {@code parley:own-endpoint(port)} gives: the endpoint reference of the instance. Throws
   * EvaluationException where there is none.
   */
  default Value ownEndpoint(String port) {
    throw new EvaluationException("Only an instance of a process has an endpoint of its own");
  }
}
