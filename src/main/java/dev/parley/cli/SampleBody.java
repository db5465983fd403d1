package dev.parley.cli;

import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes an example of an element from its XML Schema: everything once, the first of a choice. What
 * it does not know (wildcards, substitution, patterns) it leaves out; validation tells.
 */
final class SampleBody {
  // Recursive types end here.
  private static final int DEPTH = 12;

  private final SchemaDeclarations declarations;
  private final Document sample = XmlTree.empty();

  SampleBody(SchemaDeclarations declarations) {
    this.declarations = declarations;
  }

  /** An example of a global element, empty where no schema declares it. */
  Element of(QName name) {
    @Nullable Element declaration = declarations.find("element", name);
    if (declaration == null) {
      return make(sample, name);
    }
    element(declaration, sample, DEPTH);
    return sample.getDocumentElement();
  }

  private void element(Element particle, Node parent, int depth) {
    var declaration = declarations.resolved(particle);
    var made =
        make(
            parent,
            new QName(
                SchemaDeclarations.namespaceOf(declaration), declaration.getAttribute("name")));
    String fixed = declaration.getAttribute("fixed") + declaration.getAttribute("default");
    if (!fixed.isEmpty()) {
      made.setTextContent(fixed);
    } else if (declaration.hasAttribute("type")) {
      typed(declaration, "type", made, depth);
    } else {
      XmlTree.children(declaration).forEach(type -> content(type, made, depth - 1));
    }
  }

  private void typed(Element user, String attribute, Element made, int depth) {
    var type = SchemaDeclarations.name(user, attribute);
    if (type.getNamespaceURI().equals(SchemaDeclarations.XSD)) {
      made.setTextContent(SampleValue.of(type.getLocalPart(), made.getLocalName()));
      return;
    }
    for (String kind : List.of("complexType", "simpleType")) {
      @Nullable Element found = declarations.find(kind, type);
      if (found != null) {
        content(found, made, depth - 1);
      }
    }
  }

  private void content(Element part, Element made, int depth) {
    if (depth <= 0 && part.getAttribute("minOccurs").equals("0")) {
      return;
    }
    switch (part.getLocalName()) {
      case "element" -> element(part, made, depth);
      case "choice" ->
          XmlTree.children(part).stream().limit(1).forEach(p -> content(p, made, depth));
      case "attribute" -> attribute(part, made);
      case "enumeration" -> made.setTextContent(part.getAttribute("value"));
      case "extension", "restriction" -> derived(part, made, depth);
      case "list" -> typed(part, "itemType", made, depth);
      case "group", "attributeGroup" ->
          XmlTree.children(declarations.resolved(part)).forEach(p -> content(p, made, depth));
      case "complexType", "simpleType", "sequence", "all", "complexContent", "simpleContent" ->
          XmlTree.children(part).forEach(p -> content(p, made, depth));
      default -> {}
    }
  }

  private void derived(Element derivation, Element made, int depth) {
    boolean adds = derivation.getLocalName().equals("extension");
    boolean simple =
        !((Element) derivation.getParentNode()).getLocalName().equals("complexContent");
    if (derivation.hasAttribute("base") && (adds || simple)) {
      typed(derivation, "base", made, depth);
    }
    var facets = XmlTree.children(derivation);
    facets.stream()
        .filter(f -> f.getLocalName().startsWith("min") && f.getLocalName().endsWith("clusive"))
        .forEach(f -> made.setTextContent(f.getAttribute("value")));
    // The first value of an enumeration shall stand, so it comes last.
    facets.reversed().stream()
        .filter(f -> f.getLocalName().equals("enumeration"))
        .forEach(f -> content(f, made, depth));
    facets.stream()
        .filter(f -> !f.getLocalName().equals("enumeration"))
        .forEach(f -> content(f, made, depth));
  }

  private void attribute(Element use, Element made) {
    if (use.getAttribute("use").equals("required") && use.hasAttribute("name")) {
      String name = use.getAttribute("name");
      String type =
          use.hasAttribute("type") ? SchemaDeclarations.name(use, "type").getLocalPart() : "string";
      made.setAttribute(name, SampleValue.of(type, name));
    }
  }

  private Element make(Node parent, QName name) {
    var made = sample.createElementNS(name.getNamespaceURI(), name.getLocalPart());
    if (!name.getNamespaceURI().equals(parent.getNamespaceURI())) {
      made.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns", name.getNamespaceURI());
    }
    parent.appendChild(made);
    return made;
  }
}
