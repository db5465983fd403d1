package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * Bodies as rpc/literal writes them: a wrapper named after the operation, with one unqualified
 * child for each part (WSDL 1.1, section 3.5). The wrapper's declaration joins the bundle's
 * schemas.
 */
final class RpcBodies {
  private record Key(OperationName operation, MessageKind kind) {}

  private final Index index;
  private final Messages messages;
  private final Schemas schemas;
  private final Findings findings;
  private final Map<OperationName, BoundOperation> bound = new HashMap<>();
  private final Map<Key, Optional<WrapperSchema>> wrappers = new HashMap<>();

  RpcBodies(Index index, Messages messages, Schemas schemas, Findings findings) {
    this.index = index;
    this.messages = messages;
    this.schemas = schemas;
    this.findings = findings;
  }

  /** Every binding must write an operation alike, for a message has one body. */
  void add(BoundOperation operation) {
    var first = bound.putIfAbsent(operation.name(), operation);
    if (first != null && first.isRpc() != operation.isRpc()) {
      differs(operation.element(), operation, first, first.style(), operation.style());
    } else if (operation.isRpc()) {
      for (var kind : List.of(MessageKind.INPUT, MessageKind.OUTPUT)) {
        messages
            .find(operation.document(), operation.message(kind))
            .ifPresent(message -> add(operation, kind, message));
      }
    }
  }

  /** Whether a binding writes this message as rpc/literal. */
  boolean has(OperationName operation, MessageKind kind) {
    return wrappers.containsKey(new Key(operation, kind));
  }

  /** The type of such a message; empty after a finding. */
  Optional<MessageType> type(OperationName operation, MessageKind kind) {
    return wrappers
        .getOrDefault(new Key(operation, kind), Optional.empty())
        .map(w -> new MessageType(w.message(), w.name()));
  }

  private void add(BoundOperation operation, MessageKind kind, Message message) {
    var wrapper = wrapper(operation, kind, message);
    var key = new Key(operation.name(), kind);
    var first = wrappers.putIfAbsent(key, wrapper);
    if (first == null) {
      wrapper.ifPresent(w -> declare(operation, kind, w));
    } else if (first.isPresent() && wrapper.isPresent() && !first.get().isLike(wrapper.get())) {
      differs(
          operation.body(kind).orElse(operation.element()),
          operation,
          bound.getOrDefault(operation.name(), operation),
          first.get().text(),
          wrapper.get().text());
    }
  }

  private Optional<WrapperSchema> wrapper(
      BoundOperation operation, MessageKind kind, Message message) {
    var body = operation.body(kind);
    var namespace = body.map(e -> e.getAttribute("namespace")).orElse("");
    if (namespace.isEmpty()) {
      noNamespace(operation, kind);
      return Optional.empty();
    }
    // WS-I Basic Profile 1.1, R2729: only the response has the suffix.
    var suffix = operation.isResponse(kind) ? "Response" : "";
    var name = new QName(namespace, operation.name().operation() + suffix);
    var parts = parts(operation, kind, message);
    boolean complete =
        parts.stream().filter(p -> isTyped(operation, message, p)).count() == parts.size();
    return complete ? Optional.of(WrapperSchema.of(name, message, parts, index)) : Optional.empty();
  }

  /** In the message's order (WS-I Basic Profile 1.1, R2301), without those of headers. */
  private List<Part> parts(BoundOperation operation, MessageKind kind, Message message) {
    var named = messages.named(message, operation.body(kind));
    var headers = new ArrayList<String>();
    operation.bound(kind).stream()
        .flatMap(e -> SoapBinding.children(e, "header").stream())
        .filter(h -> Patterns.name(h, h.getAttribute("message")).equals(message.getQName()))
        .forEach(h -> headers.add(h.getAttribute("part")));
    return Messages.parts(message).stream()
        .filter(p -> named.contains(p.getName()) && !headers.contains(p.getName()))
        .toList();
  }

  private boolean isTyped(BoundOperation operation, Message message, Part part) {
    var type = part.getTypeName();
    if (type == null) {
      findings.error(
          index.origin(part),
          Rule.RPC_PART,
          "Expected part '%s' of message %s to name a type, for operation '%s' is bound as rpc/literal, but it names %s."
              .formatted(
                  part.getName(),
                  message.getQName(),
                  operation.name().operation(),
                  part.getElementName() == null ? "nothing" : "element " + part.getElementName()),
          "Name a type: type=\"…\"; or bind the operation with style=\"document\".");
      return false;
    }
    boolean declared = schemas.hasType(type);
    if (!declared) {
      findings.error(
          index.origin(part),
          Rule.UNDECLARED_TYPE,
          "No schema of the bundle declares the type %s.".formatted(type),
          "Correct the name, or add the schema to wsdl:types or import it there.");
    }
    return declared;
  }

  private void declare(BoundOperation operation, MessageKind kind, WrapperSchema wrapper) {
    var other = schemas.element(wrapper.name());
    if (other.isEmpty()) {
      schemas.addMade(operation.document(), wrapper.schema());
    } else if (!wrapper.isDeclaredBy(other.get())) {
      findings.error(
          operation.body(kind).orElse(operation.element()),
          Rule.RPC_WRAPPER,
          "Expected the wrapper %s of operation '%s' to be the only element of that name, but there is another at %s."
              .formatted(
                  wrapper.name(), operation.name().operation(), LocatedXml.location(other.get())),
          "Give soap:body another namespace, or the operation another name.");
    }
  }

  private void noNamespace(BoundOperation operation, MessageKind kind) {
    findings.error(
        operation.body(kind).or(() -> operation.bound(kind)).orElse(operation.element()),
        Rule.RPC_NAMESPACE,
        "Expected the %s of rpc operation '%s' to have a soap:body with a namespace, which is its wrapper's, but found none."
            .formatted(BoundOperation.tag(kind), operation.name().operation()),
        "Add <soap:body use=\"literal\" namespace=\"…\"/>, mostly with the WSDL's target"
            + " namespace.");
  }

  private void differs(
      Element at, BoundOperation operation, BoundOperation first, String expected, String found) {
    findings.error(
        at,
        Rule.MIXED_BINDINGS,
        "Expected every binding to write operation '%s' alike: %s, as at %s; but found %s."
            .formatted(
                operation.name().operation(),
                expected,
                LocatedXml.location(first.element()),
                found),
        "Bind it alike, or give one of the bindings a port type of its own.");
  }
}
