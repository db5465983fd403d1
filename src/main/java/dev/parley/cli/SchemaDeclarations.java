package dev.parley.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the schemas of some documents, WSDL or XSD, declare globally (XML Schema 1.0, 2.2). */
final class SchemaDeclarations {
  static final String XSD = XMLConstants.W3C_XML_SCHEMA_NS_URI;

  private final Map<String, Element> declarations = new HashMap<>();

  SchemaDeclarations(List<Document> documents) {
    for (var document : documents) {
      var schemas = document.getElementsByTagNameNS(XSD, "schema");
      for (int i = 0; i < schemas.getLength(); i++) {
        var schema = (Element) schemas.item(i);
        for (var declaration : XmlTree.children(schema)) {
          var name = new QName(namespace(schema), declaration.getAttribute("name"));
          declarations.put(declaration.getLocalName() + name, declaration);
        }
      }
    }
  }

  /** The declaration of this kind, such as {@code complexType}; null where there is none. */
  @Nullable Element find(String kind, QName name) {
    return declarations.get(kind + name);
  }

  /** What a use refers to; itself where it refers to nothing. */
  Element resolved(Element use) {
    return use.hasAttribute("ref")
        ? declarations.getOrDefault(use.getLocalName() + name(use, "ref"), use)
        : use;
  }

  /** The name in an attribute, by the prefixes in scope. */
  static QName name(Element user, String attribute) {
    String[] parts = user.getAttribute(attribute).split(":", 2);
    @Nullable String prefix = parts.length == 2 ? parts[0] : null;
    @Nullable String namespace = user.lookupNamespaceURI(prefix);
    return new QName(namespace == null ? "" : namespace, parts[parts.length - 1]);
  }

  /** Global elements are in the schema's namespace, local ones where the schema says so. */
  static String namespaceOf(Element declaration) {
    Node parent = declaration.getParentNode();
    boolean global = "schema".equals(parent.getLocalName());
    while (!"schema".equals(parent.getLocalName())) {
      parent = parent.getParentNode();
    }
    var schema = (Element) parent;
    String form =
        declaration.hasAttribute("form")
            ? declaration.getAttribute("form")
            : schema.getAttribute("elementFormDefault");
    return global || form.equals("qualified") ? namespace(schema) : "";
  }

  private static String namespace(Element schema) {
    return schema.getAttribute("targetNamespace");
  }
}
