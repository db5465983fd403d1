package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The messages of a bundle and their parts (WSDL 1.1, section 2.3). */
final class Messages {
  private final Index index;
  private final Findings findings;
  private final Map<QName, Set<String>> notInBody = new HashMap<>();

  Messages(Index index, Findings findings) {
    this.index = index;
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

  /** In the message's order. */
  static List<Part> parts(Message message) {
    var parts = new ArrayList<Part>();
    for (Object value : message.getOrderedParts(null)) {
      if (value instanceof Part part) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** The part that an element of a binding names; empty after a finding. */
  Optional<Part> part(Message message, Element at, String name) {
    var found = Optional.ofNullable(message.getPart(name));
    if (found.isEmpty()) {
      findings.error(
          at,
          Rule.UNRESOLVED_PART,
          "Expected the name of a part of message %s, but it has no part '%s'."
              .formatted(message.getQName(), name),
          "Correct the name, or add the part to the message.");
    }
    return found;
  }

  /** Those that {@code soap:body/@parts} names; all where it names none. */
  Set<String> named(Message message, Optional<Element> body) {
    var attribute = body.filter(e -> e.hasAttribute("parts"));
    if (attribute.isEmpty()) {
      return Set.copyOf(parts(message).stream().map(Part::getName).toList());
    }
    var at = attribute.get();
    var named = new HashSet<String>();
    for (var name : at.getAttribute("parts").trim().split("\\s+", -1)) {
      if (!name.isEmpty()) {
        part(message, at, name).ifPresent(p -> named.add(p.getName()));
      }
    }
    return named;
  }

  /** The parts that no binding puts elsewhere. */
  List<Part> body(Message message) {
    var excluded = notInBody.getOrDefault(message.getQName(), Set.of());
    return parts(message).stream().filter(p -> !excluded.contains(p.getName())).toList();
  }

  static String typeOf(Part part) {
    return part.getTypeName() == null ? "nothing" : "type " + part.getTypeName();
  }
}
