package dev.parley.expression;

import dev.parley.message.Body;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.om.Item;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.type.Type;
import net.sf.saxon.value.AtomicValue;
import net.sf.saxon.value.StringValue;

/** An item of a value in the form in which it is stored. */
sealed interface Part {
  record Element(Body body) implements Part {}

  record Atomic(AtomicValue value) implements Part {}

  /** As an expression sees it, with nothing around it. */
  default Item item() {
    return switch (this) {
      case Element(var body) -> Trees.parse(body);
      case Atomic(var value) -> value;
    };
  }

  static Part of(Item item) {
    return switch (alone(item)) {
      case NodeInfo element -> new Element(Trees.serialise(element));
      case AtomicValue value -> new Atomic(value);
      default -> throw unexpected(item);
    };
  }

  /** An element, or an atomic value: documents give their element, other nodes their text. */
  static Item alone(Item item) {
    return switch (item) {
      case NodeInfo node when node.getNodeKind() == Type.ELEMENT -> node;
      case NodeInfo node when node.getNodeKind() == Type.DOCUMENT -> Trees.element(node);
      case NodeInfo node -> StringValue.makeUntypedAtomic(node.getUnicodeStringValue());
      case AtomicValue value -> value;
      default -> throw unexpected(item);
    };
  }

  private static EvaluationException unexpected(GroundedValue item) {
    return new EvaluationException(
        "Expected elements or simple values, found a %s; serialize() makes it a text"
            .formatted(
                item instanceof net.sf.saxon.ma.map.MapItem
                    ? "map"
                    : item instanceof net.sf.saxon.ma.arrays.ArrayItem ? "array" : "function"));
  }
}
