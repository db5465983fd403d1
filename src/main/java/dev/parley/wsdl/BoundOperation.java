package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Documents.Document;
import java.util.Optional;
import javax.wsdl.Message;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * An operation as one binding has it (WSDL 1.1, section 2.5).
 *
 * @param document of the binding
 * @param operation of the port type
 * @param element of the binding
 * @param isRpc by its own style, or else the binding's (WSDL 1.1, section 3.4)
 */
record BoundOperation(
    Document document,
    OperationName name,
    javax.wsdl.Operation operation,
    Element element,
    boolean isRpc) {

  String style() {
    return isRpc ? "rpc" : "document";
  }

  /** What the binding says of the message. */
  Optional<Element> bound(MessageKind kind) {
    return LocatedXml.children(element, Index.WSDL, tag(kind)).stream().findFirst();
  }

  /** What the binding says of the message's body. */
  Optional<Element> body(MessageKind kind) {
    return bound(kind).flatMap(e -> SoapBinding.child(e, "body"));
  }

  boolean has(MessageKind kind) {
    return kind == MessageKind.INPUT ? operation.getInput() != null : operation.getOutput() != null;
  }

  /** The port type's reference to the message; null where it has none. */
  @Nullable Message message(MessageKind kind) {
    if (!has(kind)) {
      return null;
    }
    return kind == MessageKind.INPUT
        ? operation.getInput().getMessage()
        : operation.getOutput().getMessage();
  }

  /** Whether the message answers the operation's other one. */
  boolean isResponse(MessageKind kind) {
    var style = operation.getStyle();
    return style != null && Patterns.first(style) != kind;
  }

  static String tag(MessageKind kind) {
    return kind == MessageKind.INPUT ? "input" : "output";
  }
}
