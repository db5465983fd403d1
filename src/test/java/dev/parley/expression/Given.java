package dev.parley.expression;

import dev.parley.message.Body;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environments of tests, and expressions evaluated in them. */
final class Given implements Environment {
  static final Expressions EXPRESSIONS = new Expressions();
  static final Map<String, String> NAMESPACES = Map.of("o", "urn:orders");
  static final Body ORDER =
      Body.of(
          "<o:order xmlns:o=\"urn:orders\" kind=\"fast\"><o:id> 4 \n 2</o:id>"
              + "<o:line n=\"1\"/><o:line n=\"2\">two</o:line><note>plain</note></o:order>");

  private final Map<String, Value> variables = new HashMap<>();
  private @Nullable Value context = Value.xml(ORDER);
  private int uuids;

  static Given anOrder() {
    return new Given();
  }

  Given context(@Nullable Value value) {
    context = value;
    return this;
  }

  Given with(String name, Value value) {
    variables.put(name, value);
    return this;
  }

  Value xpath(String text) throws ExpressionException {
    return evaluate(Language.XPATH, text);
  }

  Value xquery(String text) throws ExpressionException {
    return evaluate(Language.XQUERY, text);
  }

  private Value evaluate(Language language, String text) throws ExpressionException {
    return EXPRESSIONS.compile(language, text, NAMESPACES, variables.keySet()).evaluate(this);
  }

  @Override
  public @Nullable Value context() {
    return context;
  }

  @Override
  public @Nullable Value variable(String name) {
    var value = variables.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-02-03T04:05:06.789Z");
  }

  @Override
  public String uuid() {
    return "uuid-" + ++uuids;
  }
}
