package dev.parley.expression;

import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Takes correlation values out of a message; immutable and thread-safe. */
public final class Extractor {
  /** Null where the path takes a compiled expression. */
  private final List<@Nullable SimplePath> simple;

  private final List<@Nullable Expression> compiled;
  private final List<String> texts;

  private Extractor(
      List<@Nullable SimplePath> simple, List<@Nullable Expression> compiled, List<String> texts) {
    this.simple = simple;
    this.compiled = compiled;
    this.texts = texts;
  }

  /**
   * What one path gave.
   *
   * @param value null where it selects nothing
   * @param failure why it could not be evaluated; empty where it could
   */
  public record Found(String path, @Nullable String value, String failure) {}

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
    return new Extractor(simple, compiled, paths.stream().map(Path::text).toList());
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

  /** Each path by itself, whatever becomes of the others: for whoever wants to know why. */
  public List<Found> each(Body body) {
    var found = new ArrayList<Found>();
    for (int i = 0; i < texts.size(); i++) {
      var alone =
          new Extractor(
              Collections.singletonList(simple.get(i)),
              Collections.singletonList(compiled.get(i)),
              List.of(texts.get(i)));
      found.add(alone.only(body));
    }
    return found;
  }

  private Found only(Body body) {
    try {
      return new Found(texts.getFirst(), extract(body).getFirst(), "");
    } catch (EvaluationException e) {
      return new Found(texts.getFirst(), null, String.valueOf(e.getMessage()));
    }
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
