package dev.parley.conformance.run;

import dev.parley.conformance.language.Xml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.w3c.dom.Comment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Comparison.Detail;
import org.xmlunit.diff.ComparisonResult;
import org.xmlunit.diff.ComparisonType;

/**
 * XML held against XML with placeholders. Prefixes, white space between elements and comments do
 * not matter; the order of elements does.
 */
final class Comparison {
  private static final String ANY = "${any}";

  private final Bindings bindings;
  private final Map<String, String> captured = new HashMap<>();

  private Comparison(Bindings bindings) {
    this.bindings = bindings;
  }

  /** The first difference; empty where they are equal: then what was captured is kept. */
  static Optional<String> difference(Xml expected, Xml actual, Bindings bindings) {
    var comparison = new Comparison(bindings);
    var difference = comparison.difference(expected, actual);
    if (difference.isEmpty()) {
      bindings.keep(comparison.captured);
    }
    return difference;
  }

  private Optional<String> difference(Xml expected, Xml actual) {
    var control = expected.map(text -> text);
    var test = actual.map(text -> text);
    strip(control.element());
    strip(test.element());
    level(control.element(), test.element());
    // XMLUnit would strip by a stylesheet, for which it searches every jar of the class path.
    var diff =
        DiffBuilder.compare(control.element())
            .withTest(test.element())
            .checkForSimilar()
            .withDifferenceEvaluator(this::evaluate)
            .build();
    var differences = diff.getDifferences().iterator();
    return differences.hasNext()
        ? Optional.of(differences.next().getComparison().toString())
        : Optional.empty();
  }

  private ComparisonResult evaluate(
      org.xmlunit.diff.Comparison comparison, ComparisonResult outcome) {
    var type = comparison.getType();
    if (type == ComparisonType.NAMESPACE_PREFIX
        || type == ComparisonType.NO_NAMESPACE_SCHEMA_LOCATION
        || type == ComparisonType.SCHEMA_LOCATION) {
      return ComparisonResult.EQUAL;
    }
    boolean text = type == ComparisonType.TEXT_VALUE || type == ComparisonType.ATTR_VALUE;
    if (!text) {
      return outcome;
    }
    String control = value(comparison.getControlDetails());
    return bindings.matches(control, value(comparison.getTestDetails()), captured)
        ? ComparisonResult.EQUAL
        : ComparisonResult.DIFFERENT;
  }

  private static String value(Detail detail) {
    return String.valueOf(detail.getValue());
  }

  /** Without comments, and without texts of nothing but white space. */
  private static void strip(Element element) {
    for (var child : nodes(element)) {
      if (child instanceof Comment) {
        element.removeChild(child);
      } else if (child instanceof Element inner) {
        strip(inner);
      }
    }
    element.normalize();
    for (var child : nodes(element)) {
      if (child instanceof Text text && text.getData().isBlank()) {
        element.removeChild(child);
      }
    }
  }

  private static List<Node> nodes(Element element) {
    var nodes = element.getChildNodes();
    return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
  }

  /** Where anything goes, nothing is compared: both sides become empty. */
  private static void level(Element expected, Element actual) {
    if (expected.getTextContent().strip().equals(ANY)) {
      clear(expected);
      clear(actual);
      return;
    }
    var inner = new Xml(expected).children();
    var found = new Xml(actual).children();
    for (int i = 0; i < Math.min(inner.size(), found.size()); i++) {
      level(inner.get(i), found.get(i));
    }
  }

  private static void clear(Element element) {
    for (Node child = element.getFirstChild(); child != null; child = element.getFirstChild()) {
      element.removeChild(child);
    }
  }
}
