package dev.parley.bpmn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * Finds what a reference names (BPMN 2.0.2, clause 8.2.3): a QName in the file's target namespace,
 * or the plain id that modelling tools write.
 */
final class References {

  private final Map<String, XmlElement> byId = new HashMap<>();
  private final String targetNamespace;
  private final Findings findings;

  References(XmlElement definitions, Findings findings) {
    this.targetNamespace = definitions.attribute("targetNamespace").orElse("");
    this.findings = findings;
    index(definitions);
  }

  private void index(XmlElement element) {
    if (element.isBpmn() && !element.id().isEmpty()) {
      byId.put(element.id(), element);
    }
    element.children().forEach(this::index);
  }

  /** An element that is known to be there. */
  XmlElement byId(String id) {
    return Objects.requireNonNull(byId.get(id), id);
  }

  /** What an attribute names; empty when it is absent, or when it dangles, which is found. */
  Optional<XmlElement> byAttribute(XmlElement holder, String attribute, String... kinds) {
    return holder.attribute(attribute).flatMap(v -> resolve(holder, attribute, v, kinds));
  }

  /** What an attribute of our namespace names. */
  Optional<XmlElement> byParley(XmlElement holder, String attribute, String... kinds) {
    return holder
        .parley(attribute)
        .flatMap(v -> resolve(holder, "parley:" + attribute, v.strip(), kinds));
  }

  /** What child elements of a kind name. */
  List<XmlElement> byChildren(XmlElement holder, String child, String... kinds) {
    return holder.children(child).stream()
        .flatMap(c -> resolve(c, child, c.text().strip(), kinds).stream())
        .toList();
  }

  /** What the only child element of a kind names. */
  Optional<XmlElement> byChild(XmlElement holder, String child, String... kinds) {
    return byChildren(holder, child, kinds).stream().findFirst();
  }

  /** An event's definitions, contained and referenced (clause 10.5.5). */
  List<XmlElement> eventDefinitions(XmlElement event) {
    var contained = event.children().stream().filter(References::isEventDefinition);
    var referenced =
        byChildren(event, "eventDefinitionRef").stream()
            .filter(
                found -> {
                  boolean right = isEventDefinition(found);
                  if (!right) {
                    wrongKind(event, "eventDefinitionRef", found, "event definition");
                  }
                  return right;
                });
    return Stream.concat(contained, referenced).toList();
  }

  private static boolean isEventDefinition(XmlElement element) {
    return element.kind().endsWith("EventDefinition");
  }

  private Optional<XmlElement> resolve(
      XmlElement holder, String role, String value, String... kinds) {
    var target = local(holder, role, value).flatMap(id -> known(holder, role, id));
    if (target.isPresent() && kinds.length > 0 && !List.of(kinds).contains(target.get().kind())) {
      wrongKind(holder, role, target.get(), kinds);
      return Optional.empty();
    }
    return target;
  }

  private void wrongKind(XmlElement holder, String role, XmlElement found, String... kinds) {
    findings.error(
        holder,
        Rule.REFERENCE,
        "Expected %s to name %s, but '%s' is %s."
            .formatted(role, XmlElement.a(String.join(" or ", kinds)), found.id(), found.what()),
        "Name an element of the right kind.");
  }

  private Optional<XmlElement> known(XmlElement holder, String role, String id) {
    var target = Optional.ofNullable(byId.get(id));
    if (target.isEmpty()) {
      findings.dangling(holder, role, id);
    }
    return target;
  }

  private Optional<String> local(XmlElement holder, String role, String value) {
    int colon = value.indexOf(':');
    String namespace =
        colon < 0
            ? targetNamespace
            : holder.namespaces().getOrDefault(value.substring(0, colon), "");
    if (namespace.equals(targetNamespace)) {
      return Optional.of(value.substring(colon + 1));
    }
    findings.error(
        holder,
        Rule.REFERENCE,
        "Expected %s to name an element of this file's target namespace '%s', but '%s' is in '%s'."
            .formatted(role, targetNamespace, value, namespace),
        "Move the element into this file: importing other BPMN files is not supported.");
    return Optional.empty();
  }

  /** The qualified name of something outside BPMN, by the namespaces in scope. */
  Optional<QName> qname(XmlElement holder, String attribute) {
    return holder.attribute(attribute).flatMap(value -> qname(holder, attribute, value));
  }

  private Optional<QName> qname(XmlElement holder, String attribute, String value) {
    int colon = value.indexOf(':');
    String prefix = colon < 0 ? "" : value.substring(0, colon);
    String namespace = holder.namespaces().getOrDefault(prefix, "");
    boolean undeclared = colon >= 0 && namespace.isEmpty();
    if (undeclared || namespace.equals(XmlElement.BPMN)) {
      findings.error(
          holder,
          Rule.QNAME,
          "Expected %s to be a qualified name of a WSDL or XML Schema component, but '%s' %s."
              .formatted(
                  attribute,
                  value,
                  undeclared
                      ? "has a prefix that is not declared"
                      : "is in the namespace of BPMN itself"),
          "Declare a prefix for the component's namespace and use it.");
      return Optional.empty();
    }
    return Optional.of(new QName(namespace, value.substring(colon + 1), prefix));
  }
}
