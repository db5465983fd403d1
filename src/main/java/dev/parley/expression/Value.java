package dev.parley.expression;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import javax.xml.namespace.QName;
import net.sf.saxon.expr.parser.ExpressionTool;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.om.Item;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.AtomicValue;
import net.sf.saxon.value.EmptySequence;
import net.sf.saxon.value.Int64Value;
import net.sf.saxon.value.SequenceExtent;
import org.jspecify.annotations.Nullable;

/** A data item. Immutable; trees are built, and bytes written, when they are asked for, once. */
public final class Value {
  public static final Value EMPTY = new Value(null, List.of());
  private static final long NO_MESSAGE = 0;

  /** As an expression left it: its nodes still have their surroundings. */
  private final @Nullable GroundedValue result;

  private volatile @Nullable List<Part> parts;
  private volatile @Nullable GroundedValue items;
  private volatile @Nullable Blob encoded;
  private final long message;
  private final @Nullable Supplier<Body> body;

  private Value(@Nullable GroundedValue result, @Nullable List<Part> parts) {
    this(result, parts, NO_MESSAGE, null);
  }

  private Value(
      @Nullable GroundedValue result,
      @Nullable List<Part> parts,
      long message,
      @Nullable Supplier<Body> body) {
    this.result = result;
    this.parts = parts;
    this.message = message;
    this.body = body;
  }

  /** The body of a message, which whoever stores this value may keep by the message's id. */
  public static Value received(Body body, long message) {
    return body.isEmpty() ? EMPTY : new Value(null, Part.of(body), message, null);
  }

  public static Value received(Supplier<Body> body, long message) {
    return new Value(null, null, message, body);
  }

  /** The id of the message whose body this is; empty for every other value. */
  public OptionalLong message() {
    return message == NO_MESSAGE ? OptionalLong.empty() : OptionalLong.of(message);
  }

  public static Value xml(Body body) {
    return body.isEmpty() ? EMPTY : of(new Part.Element(body));
  }

  /** The same value, which is no longer known by the message that it came in. */
  public Value detached() {
    return message == NO_MESSAGE ? this : new Value(null, parts());
  }

  /** A message's body: an element, a text, a JSON value; nothing for the empty body. */
  public static Value payload(Body body) {
    return body.isEmpty() ? EMPTY : new Value(null, Part.of(body));
  }

  public static Value text(String text) {
    return of(atomic(new XdmAtomicValue(text)));
  }

  public static Value integer(long number) {
    return of(new Part.Atomic(Int64Value.makeIntegerValue(number)));
  }

  public static Value decimal(BigDecimal number) {
    return of(atomic(new XdmAtomicValue(number)));
  }

  public static Value bool(boolean truth) {
    return of(atomic(new XdmAtomicValue(truth)));
  }

  /** What {@link #encode} gave. */
  public static Value decode(Blob encoded) {
    var parts = Encoding.decode(encoded);
    return parts.isEmpty() ? EMPTY : new Value(null, parts);
  }

  static Value result(GroundedValue result) {
    return result.getLength() == 0 ? EMPTY : new Value(result, null);
  }

  static GroundedValue items(@Nullable Value value) {
    return value == null ? EmptySequence.getInstance() : value.items();
  }

  /** An element as its document; null for nothing. */
  static @Nullable Item contextItem(@Nullable Value value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    var items = value.items();
    if (items.getLength() != 1) {
      throw new EvaluationException(
          "Expected one item as the context, found %d".formatted(items.getLength()));
    }
    return items.head() instanceof NodeInfo node ? node.getRoot() : items.head();
  }

  public boolean isEmpty() {
    var known = parts;
    return known != null && known.isEmpty();
  }

  /** The effective boolean value (XPath 3.1, section 2.4.3) of what the expression gave. */
  public boolean asBoolean() {
    try {
      return ExpressionTool.effectiveBooleanValue(evaluated().iterate());
    } catch (XPathException e) {
      throw new EvaluationException(Diagnosis.of(e));
    } catch (RuntimeException e) {
      throw EvaluationException.of(e);
    }
  }

  /** The string value, whitespace kept; several items are separated by a space. */
  public String asText() {
    var text = new StringBuilder();
    for (var item : evaluated().asIterable()) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(Part.text(item));
    }
    return text.toString();
  }

  /** A whole number; throws EvaluationException for anything else. */
  public int asInteger() {
    try {
      return Integer.parseInt(asText().strip());
    } catch (NumberFormatException _) {
      throw new EvaluationException("Expected a whole number, found '%s'".formatted(asText()));
    }
  }

  public List<Value> split() {
    return parts().stream().map(Value::of).toList();
  }

  public static Value join(List<Value> values) {
    var parts = values.stream().flatMap(v -> v.parts().stream()).toList();
    return parts.isEmpty() ? EMPTY : new Value(null, parts);
  }

  /** The one element this is. */
  public Body asBody() {
    var all = parts();
    if (all.size() == 1 && all.getFirst() instanceof Part.Element(var body)) {
      return body;
    }
    throw new EvaluationException("Expected exactly one element, found " + Part.describe(all));
  }

  /** The one element this is, as a tree. */
  Optional<NodeInfo> node() {
    return !isEmpty() && items().getLength() == 1 && items().head() instanceof NodeInfo node
        ? Optional.of(node)
        : Optional.empty();
  }

  /** The name of the one element this is; empty for everything else. */
  public Optional<QName> element() {
    var all = parts();
    return all.size() == 1 && all.getFirst() instanceof Part.Element element
        ? Optional.of(Trees.name(Trees.parse(element.body())))
        : Optional.empty();
  }

  /** What a simple message says: one element, one map or array, or one simple value as text. */
  public Body asPayload() {
    var all = parts();
    if (all.isEmpty()) {
      return Body.EMPTY;
    }
    if (all.size() > 1) {
      throw new EvaluationException(
          "Expected one item as the payload, found " + Part.describe(all));
    }
    return all.getFirst().payload();
  }

  /** The one item this is, for JSON: a number or a truth value is itself. */
  public Body asMember() {
    var all = parts();
    return all.size() == 1 ? all.getFirst().member() : asPayload();
  }

  /** The form in which it is stored; see {@link Encoding}. */
  public Blob encode() {
    var known = encoded;
    if (known == null) {
      known = Encoding.encode(parts());
      encoded = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Value value
        && (this == value || isOfMessage(value.message) || encode().equals(value.encode()));
  }

  private boolean isOfMessage(long other) {
    return message != NO_MESSAGE && message == other;
  }

  @Override
  public int hashCode() {
    return encode().hashCode();
  }

  @Override
  public String toString() {
    return Part.describe(parts());
  }

  private static Value of(Part part) {
    return new Value(null, List.of(part));
  }

  private static Part atomic(XdmAtomicValue value) {
    return new Part.Atomic(value.getUnderlyingValue());
  }

  GroundedValue evaluated() {
    var known = result;
    return known == null ? items() : known;
  }

  private GroundedValue items() {
    var known = items;
    if (known == null) {
      known = makeItems();
      items = known;
    }
    return known;
  }

  private GroundedValue makeItems() {
    var all = new ArrayList<Item>();
    var from = result;
    if (from == null) {
      parts().forEach(part -> all.add(part.item()));
    } else {
      for (var item : from.asIterable()) {
        all.add(
            switch (Part.alone(item)) {
              case NodeInfo element -> Trees.copy(element);
              case AtomicValue value -> value;
              // As it will be after it has been stored.
              case Item json -> Part.of(json).item();
            });
      }
    }
    return SequenceExtent.makeSequenceExtent(all);
  }

  private List<Part> parts() {
    var known = parts;
    if (known == null && body != null) {
      known = Part.of(body.get());
      parts = known;
    } else if (known == null) {
      var all = new ArrayList<Part>();
      for (var item : evaluated().asIterable()) {
        all.add(Part.of(item));
      }
      known = List.copyOf(all);
      parts = known;
    }
    return known;
  }
}
