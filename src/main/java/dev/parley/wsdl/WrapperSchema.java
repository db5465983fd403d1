package dev.parley.wsdl;

import dev.parley.finding.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * A schema that declares an rpc wrapper: its children are unqualified, each of its part's type
 * (WS-I Basic Profile 1.1, R2735). Each line is that of the part, so that complaints name it.
 *
 * @param message whose parts they are
 */
record WrapperSchema(QName name, QName message, List<QName> children, Element schema) {

  static WrapperSchema of(QName name, Message message, List<Part> parts, Index index) {
    var at = LocatedXml.location(index.origin(message));
    var schema = LocatedXml.root(Schemas.XSD, "xs:schema", at);
    schema.setAttribute("targetNamespace", name.getNamespaceURI());
    imports(schema, name.getNamespaceURI(), parts, at);
    var element = LocatedXml.append(schema, "xs:element", at);
    element.setAttribute("name", name.getLocalPart());
    var type = LocatedXml.append(element, "xs:complexType", at);
    var sequence = LocatedXml.append(type, "xs:sequence", at);
    var children = new ArrayList<QName>();
    for (var part : parts) {
      var child =
          LocatedXml.append(sequence, "xs:element", LocatedXml.location(index.origin(part)));
      child.setAttribute("name", part.getName());
      LocatedXml.setName(child, "type", part.getTypeName());
      children.add(new QName(part.getName()));
    }
    return new WrapperSchema(name, message.getQName(), children, schema);
  }

  private static void imports(Element schema, String own, List<Part> parts, Location at) {
    parts.stream()
        .map(part -> part.getTypeName().getNamespaceURI())
        .filter(namespace -> !namespace.equals(own) && !namespace.equals(Schemas.XSD))
        .distinct()
        .forEach(
            namespace -> {
              var element = LocatedXml.append(schema, "xs:import", at);
              if (!namespace.isEmpty()) {
                element.setAttribute("namespace", namespace);
              }
            });
  }

  /** Whether it says the same of the wire. */
  boolean isLike(WrapperSchema other) {
    return schema.isEqualNode(other.schema);
  }

  /** Whether a global element's schema is one of these, and says the same. */
  boolean isDeclaredBy(Element element) {
    return schema.isEqualNode(element.getParentNode());
  }

  /** For whoever reads a finding. */
  String text() {
    return "rpc, element %s with %s"
        .formatted(
            name,
            children.isEmpty()
                ? "no parts"
                : children.stream().map(QName::getLocalPart).collect(Collectors.joining(", ")));
  }
}
