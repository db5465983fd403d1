package dev.parley.expression;

import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.util.List;
import net.sf.saxon.ma.arrays.ArrayItem;
import net.sf.saxon.ma.map.MapItem;
import net.sf.saxon.om.Item;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.type.Type;
import net.sf.saxon.value.AtomicValue;
import net.sf.saxon.value.BooleanValue;
import net.sf.saxon.value.NumericValue;
import net.sf.saxon.value.StringValue;

/** An item of a value in the form in which it is stored. */
sealed interface Part {
  record Element(Body body) implements Part {}

  record Atomic(AtomicValue value) implements Part {}

  /** A map or an array. */
  record Json(Body body) implements Part {}

  /** What a message's body is. */
  static List<Part> of(Body body) {
    if (body.isEmpty()) {
      return List.of();
    }
    return switch (body.type()) {
      case XML -> List.of(new Element(body));
      case TEXT -> List.of(new Atomic(new StringValue(body.toString())));
      case JSON -> {
        var value = JsonText.parse(body);
        yield value.getLength() == 0
            ? List.of()
            : List.of(
                value.head() instanceof AtomicValue atomic ? new Atomic(atomic) : new Json(body));
      }
    };
  }

  /** As an expression sees it, with nothing around it. */
  default Item item() {
    return switch (this) {
      case Element(var body) -> Trees.parse(body);
      case Atomic(var value) -> value;
      case Json(var body) -> JsonText.parse(body).head();
    };
  }

  /** What a simple message says. */
  default Body payload() {
    return switch (this) {
      case Element(var body) -> body;
      case Json(var body) -> body;
      case Atomic(var value) -> Body.of(MediaType.TEXT, value.getUnicodeStringValue().toString());
    };
  }

  /** The same within JSON, which has numbers and truth values of its own. */
  default Body member() {
    return switch (this) {
      case Atomic(BooleanValue truth) -> JsonText.serialise(truth);
      case Atomic(NumericValue number) when Double.isFinite(number.getDoubleValue()) ->
          JsonText.serialise(number);
      default -> payload();
    };
  }

  static Part of(Item item) {
    return switch (alone(item)) {
      case NodeInfo element -> new Element(Trees.serialise(element));
      case AtomicValue value -> new Atomic(value);
      case MapItem map -> new Json(JsonText.serialise(map));
      case ArrayItem array -> new Json(JsonText.serialise(array));
      default -> throw unexpected();
    };
  }

  /**
   * An element, an atomic value, a map or an array: documents give their element, other nodes their
   * text.
   */
  static Item alone(Item item) {
    return switch (item) {
      case NodeInfo node when node.getNodeKind() == Type.ELEMENT -> node;
      case NodeInfo node when node.getNodeKind() == Type.DOCUMENT -> Trees.element(node);
      case NodeInfo node -> StringValue.makeUntypedAtomic(node.getUnicodeStringValue());
      case AtomicValue value -> value;
      case MapItem map -> map;
      case ArrayItem array -> array;
      default -> throw unexpected();
    };
  }

  private static EvaluationException unexpected() {
    return new EvaluationException(
        "Expected elements, simple values, maps or arrays, found a function");
  }

  /** The string value of an item by itself. */
  static CharSequence text(Item of) {
    var item = alone(of);
    if (item instanceof NodeInfo || item instanceof AtomicValue) {
      return item.getUnicodeStringValue().toString();
    }
    throw new EvaluationException(
        "Expected elements or simple values, found a %s; serialize() makes it a text"
            .formatted(item instanceof MapItem ? "map" : "array"));
  }

  /** For errors: what these are. */
  static String describe(List<Part> parts) {
    if (parts.isEmpty()) {
      return "nothing";
    }
    if (parts.size() > 1) {
      return parts.size() + " items";
    }
    return switch (parts.getFirst()) {
      case Element _ -> "an element";
      case Json _ -> "a JSON value";
      case Atomic(var value) -> value.getItemType() + " " + value.getUnicodeStringValue();
    };
  }
}
