package dev.parley.expression;

import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Takes correlation values out of a message; immutable and thread-safe. */
public final class Extractor {
  /** Null where the path takes a compiled expression. */
  private final List<@Nullable SimplePath> simple;

  private final List<@Nullable Expression> compiled;

  private Extractor(List<@Nullable SimplePath> simple, List<@Nullable Expression> compiled) {
    this.simple = simple;
    this.compiled = compiled;
  }

  static Extractor of(List<Path> paths, Expressions expressions) throws ExpressionException {
    var simple = new ArrayList<@Nullable SimplePath>();
    var compiled = new ArrayList<@Nullable Expression>();
    for (var path : paths) {
      var steps = SimplePath.of(path);
      simple.add(steps);
      compiled.add(
          steps == null
              ? expressions.compile(
                  Language.XPATH, "(" + path.text() + "\n)[1]", path.namespaces(), Set.of())
              : null);
    }
    return new Extractor(simple, compiled);
  }

  /**
   * For each path the string value of the first item it selects, white space collapsed; null where
   * it selects nothing, as a path of steps does in JSON and text.
   */
  public List<@Nullable String> extract(Body body) {
    var values = new @Nullable String[simple.size()];
    if (body.type() != MediaType.XML) {
      evaluateOthers(body, values);
      return Arrays.asList(values);
    }
    try {
      new SimplePaths(simple, values).read(body);
    } catch (XMLStreamException e) {
      throw Xml.malformed(e);
    }
    evaluateOthers(body, values);
    return Arrays.asList(values);
  }

  private void evaluateOthers(Body body, @Nullable String[] values) {
    OneValue message = null;
    for (int i = 0; i < values.length; i++) {
      var expression = compiled.get(i);
      if (expression != null) {
        message = message == null ? new OneValue(Value.payload(body)) : message;
        var value = expression.evaluate(message);
        values[i] = value.isEmpty() ? null : Whitespace.collapse(value.asText());
      }
    }
  }
}
