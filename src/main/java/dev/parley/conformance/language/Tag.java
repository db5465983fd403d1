package dev.parley.conformance.language;

import dev.parley.finding.Location;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/** An element of a case's file, which fits the schema. */
record Tag(Element element, String file) {
  static final String NAMESPACE = "urn:parley:conformance:1";

  String name() {
    return element.getLocalName();
  }

  Location at() {
    return new Location(file, CaseDocument.line(element), 0);
  }

  /** The language's own elements in it. */
  List<Tag> tags() {
    return new Xml(element)
        .children().stream()
            .filter(c -> NAMESPACE.equals(c.getNamespaceURI()))
            .map(c -> new Tag(c, file))
            .toList();
  }

  Optional<Tag> tag(String name) {
    return tags().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** The element in it that is not of the language. */
  Optional<Xml> body() {
    return bodies().stream().findFirst();
  }

  /** All elements in it that are not of the language. */
  List<Xml> bodies() {
    return new Xml(element)
        .children().stream()
            .filter(c -> !NAMESPACE.equals(c.getNamespaceURI()))
            .map(Xml::of)
            .toList();
  }

  String text() {
    return element.getTextContent();
  }

  Optional<String> find(String attribute) {
    return element.hasAttribute(attribute)
        ? Optional.of(element.getAttribute(attribute).strip())
        : Optional.empty();
  }

  /** The schema says that it is there. */
  String get(String attribute) {
    return element.getAttribute(attribute).strip();
  }

  Optional<Integer> number(String attribute) {
    return find(attribute).map(Integer::valueOf);
  }

  boolean is(String attribute) {
    return find(attribute).filter(v -> v.equals("true") || v.equals("1")).isPresent();
  }

  Optional<Duration> duration(String attribute) {
    return find(attribute).map(Duration::parse);
  }

  Optional<QName> name(String attribute) {
    return find(attribute)
        .map(
            text -> {
              int colon = text.indexOf(':');
              String prefix = colon < 0 ? null : text.substring(0, colon);
              String namespace = element.lookupNamespaceURI(prefix);
              return new QName(namespace == null ? "" : namespace, text.substring(colon + 1));
            });
  }
}
