package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads messages as document/literal sends them: at most one element (WSDL 1.1, section 3.5). */
final class Messages {
  private final Index index;
  private final Predicate<QName> declared;
  private final Findings findings;
  private final Map<QName, Set<String>> notInBody = new HashMap<>();

  Messages(Index index, Predicate<QName> declared, Findings findings) {
    this.index = index;
    this.declared = declared;
    this.findings = findings;
  }

  /** A binding puts this part into a header, or leaves it out. */
  void exclude(QName message, String part) {
    notInBody.computeIfAbsent(message, _ -> new HashSet<>()).add(part);
  }

  /** The message that an operation refers to. */
  Optional<Message> find(Document document, @Nullable Message reference) {
    if (reference == null || !reference.isUndefined()) {
      return Optional.ofNullable(reference);
    }
    return find(document, reference.getQName());
  }

  Optional<Message> find(Document document, QName name) {
    return index.find(
        document,
        definition -> {
          var message = definition.getMessage(name);
          return message == null || message.isUndefined() ? null : message;
        });
  }

  /** The type of the message that an operation's child refers to; empty after a finding. */
  Optional<MessageType> type(Document document, Element at, @Nullable Message reference) {
    var name = reference == null ? null : reference.getQName();
    return type(at, name, find(document, reference));
  }

  Optional<MessageType> type(Document document, Element at, QName name) {
    return type(at, name, find(document, name));
  }

  /** Every message of the bundle that is at most one element. */
  Map<QName, MessageType> all() {
    var types = new HashMap<QName, MessageType>();
    for (var document : index.documents()) {
      for (Object value : index.definition(document).getMessages().values()) {
        if (value instanceof Message message && !message.isUndefined()) {
          var body = body(message);
          if (body.size() < 2 && body.stream().allMatch(p -> p.getElementName() != null)) {
            types.putIfAbsent(
                message.getQName(), new MessageType(message.getQName(), element(body)));
          }
        }
      }
    }
    return types;
  }

  private Optional<MessageType> type(Element at, @Nullable QName name, Optional<Message> message) {
    if (message.isPresent()) {
      return type(message.get());
    }
    findings.error(
        at,
        Rule.UNRESOLVED_MESSAGE,
        "There is no message %s in this document or those it imports."
            .formatted(name == null ? "named here" : name),
        "Correct the name or import the document that has the message.");
    return Optional.empty();
  }

  private Optional<MessageType> type(Message message) {
    var body = body(message);
    if (body.size() > 1) {
      findings.error(
          index.origin(body.get(1)),
          Rule.SEVERAL_BODY_PARTS,
          "Expected message %s to have one body part, but it has %d."
              .formatted(message.getQName(), body.size()),
          "Put them into one element, or bind the others to headers.");
      return Optional.empty();
    }
    for (var part : body) {
      var element = part.getElementName();
      if (element == null) {
        notAnElement(message, part);
        return Optional.empty();
      }
      checkDeclared(part, element);
    }
    return Optional.of(new MessageType(message.getQName(), element(body)));
  }

  private void notAnElement(Message message, Part part) {
    findings.error(
        index.origin(part),
        Rule.BODY_TYPE,
        "Expected part '%s' of message %s to name an element, but it names %s."
            .formatted(
                part.getName(),
                message.getQName(),
                part.getTypeName() == null ? "nothing" : "type " + part.getTypeName()),
        "Declare a global element of that type and name it: element=\"…\" (document/literal).");
  }

  private void checkDeclared(Part part, QName element) {
    if (!declared.test(element)) {
      findings.error(
          index.origin(part),
          Rule.UNDECLARED_ELEMENT,
          "No schema of the bundle declares the element %s.".formatted(element),
          "Correct the name, or add the schema to wsdl:types or import it there.");
    }
  }

  private List<Part> body(Message message) {
    var excluded = notInBody.getOrDefault(message.getQName(), Set.of());
    var parts = new ArrayList<Part>();
    for (Object value : message.getOrderedParts(null)) {
      if (value instanceof Part part && !excluded.contains(part.getName())) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static @Nullable QName element(List<Part> body) {
    return body.isEmpty() ? null : body.get(0).getElementName();
  }
}
