package dev.parley.bpmn;

import dev.parley.finding.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * An element with its place in the file.
 *
 * @param namespaces by prefix, all that are in scope here
 * @param text its own characters, without those of its children
 */
record XmlElement(
    QName name,
    Map<QName, String> attributes,
    Map<String, String> namespaces,
    List<XmlElement> children,
    String text,
    Location location) {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String PARLEY = "urn:parley:1";

  boolean isBpmn() {
    return name.getNamespaceURI().equals(BPMN);
  }

  /** Its local name; empty for an element of another namespace. */
  String kind() {
    return isBpmn() ? name.getLocalPart() : "";
  }

  Optional<String> attribute(String local) {
    return Optional.ofNullable(attributes.get(new QName(local))).map(String::strip);
  }

  Optional<String> parley(String local) {
    return Optional.ofNullable(attributes.get(new QName(PARLEY, local)));
  }

  boolean isTrue(String attribute, boolean otherwise) {
    return attribute(attribute).map(v -> v.equals("true") || v.equals("1")).orElse(otherwise);
  }

  List<XmlElement> children(String kind) {
    return children.stream().filter(c -> c.kind().equals(kind)).toList();
  }

  Optional<XmlElement> child(String kind) {
    return children(kind).stream().findFirst();
  }

  String id() {
    return attribute("id").orElse("");
  }

  /** Its name, else its id. */
  String title() {
    return attribute("name").filter(n -> !n.isEmpty()).orElse(id());
  }

  /** Its kind with an article. */
  String what() {
    return a(name.getLocalPart());
  }

  static String a(String noun) {
    boolean vowel = "aeio".indexOf(noun.charAt(0)) >= 0;
    return (vowel ? "an " : "a ") + noun;
  }

  /** What a finding calls it: id, else name, else what it is. */
  String label() {
    return id().isEmpty() ? attribute("name").orElse(name.getLocalPart()) : id();
  }
}
