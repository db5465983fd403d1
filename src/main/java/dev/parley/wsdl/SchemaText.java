package dev.parley.wsdl;

import dev.parley.finding.Location;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes a schema, inline or not, as a document of its own: with the prefixes of its surroundings,
 * without annotations, every element on the line it has in its file, so that a compiler's complaint
 * names the right one.
 */
final class SchemaText {
  private final StringBuilder text = new StringBuilder();
  private final Function<Element, String> schemaLocation;
  private int line = 1;

  private SchemaText(Function<Element, String> schemaLocation) {
    this.schemaLocation = schemaLocation;
  }

  /**
   * @param schemaLocation what to write instead of an import's, include's or redefine's location
   */
  static String of(Element schema, Function<Element, String> schemaLocation) {
    var writer = new SchemaText(schemaLocation);
    writer.element(schema, true);
    return writer.text.toString();
  }

  private void element(Element element, boolean root) {
    if (element.getLocalName().equals("annotation")) {
      return;
    }
    moveTo(LocatedXml.location(element));
    text.append('<').append(element.getNodeName());
    if (root) {
      inherited(element);
    }
    attributes(element);
    text.append('>');
    LocatedXml.children(element).forEach(child -> element(child, false));
    text.append("</").append(element.getNodeName()).append('>');
  }

  private void attributes(Element element) {
    var attributes = element.getAttributes();
    boolean refers = Schemas.refersToDocument(element);
    for (int i = 0; i < attributes.getLength(); i++) {
      var attribute = (Attr) attributes.item(i);
      if (!refers || !attribute.getName().equals("schemaLocation")) {
        attribute(attribute.getName(), attribute.getValue());
      }
    }
    if (refers) {
      attribute("schemaLocation", schemaLocation.apply(element));
    }
  }

  private void inherited(Element schema) {
    var inherited = new TreeMap<String, String>();
    for (Node n = schema.getParentNode(); n instanceof Element e; n = n.getParentNode()) {
      var attributes = e.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        var attribute = (Attr) attributes.item(i);
        if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
            && !schema.hasAttribute(attribute.getName())) {
          inherited.putIfAbsent(attribute.getName(), attribute.getValue());
        }
      }
    }
    inherited.forEach(this::attribute);
  }

  private void attribute(String name, String value) {
    text.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
  }

  private void moveTo(Location location) {
    for (; line < location.line(); line++) {
      text.append('\n');
    }
  }

  static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\t", "&#9;")
        .replace("\r", "&#13;");
  }
}
