package dev.parley.wsdl;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.parley.finding.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads an XML file into a tree whose elements know their line; no DTD, nothing external. */
final class LocatedXml {
  private static final XMLInputFactory STAX = stax();
  private static final String LOCATION = "location";

  private LocatedXml() {}

  /** The document element, or findings. */
  static Optional<Element> read(Path file, String name, Findings findings) {
    try (InputStream in = Files.newInputStream(file)) {
      var reader = STAX.createXMLStreamReader(in);
      return build(reader, name, findings);
    } catch (XMLStreamException e) {
      findings.error(
          location(name, e.getLocation()),
          "",
          "xml.malformed",
          "Expected well-formed XML, but found: " + firstLine(e),
          "Correct the file with an XML editor.");
    } catch (IOException e) {
      findings.error(
          Location.of(name),
          "",
          "xml.unreadable",
          "The file cannot be read: " + e.getMessage() + ".",
          "Check that the file exists and may be read.");
    }
    return Optional.empty();
  }

  static Location location(Element element) {
    return element.getUserData(LOCATION) instanceof Location location ? location : Location.of("");
  }

  /** The element's child elements in this namespace with this name. */
  static List<Element> children(Element parent, String namespace, String localName) {
    return children(parent).stream()
        .filter(e -> namespace.equals(e.getNamespaceURI()) && localName.equals(e.getLocalName()))
        .toList();
  }

  static List<Element> children(Element parent) {
    var children = new ArrayList<Element>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /** A document element that stands in no file, but is to be found at this place. */
  static Element root(String namespace, String qualifiedName, Location at) {
    var document = emptyDocument();
    var element = document.createElementNS(namespace, qualifiedName);
    var prefix = qualifiedName.substring(0, qualifiedName.indexOf(':'));
    element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + prefix, namespace);
    element.setUserData(LOCATION, at, null);
    document.appendChild(element);
    return element;
  }

  /** A new child in its parent's namespace. */
  static Element append(Element parent, String qualifiedName, Location at) {
    var element =
        parent.getOwnerDocument().createElementNS(parent.getNamespaceURI(), qualifiedName);
    element.setUserData(LOCATION, at, null);
    parent.appendChild(element);
    return element;
  }

  /** Writes a qualified name, with a declaration of its prefix. */
  static void setName(Element element, String attribute, QName name) {
    var namespace = name.getNamespaceURI();
    if (namespace.isEmpty()) {
      element.setAttribute(attribute, name.getLocalPart());
    } else {
      element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:t", namespace);
      element.setAttribute(attribute, "t:" + name.getLocalPart());
    }
  }

  private static Optional<Element> build(XMLStreamReader reader, String name, Findings findings)
      throws XMLStreamException {
    var document = emptyDocument();
    Node parent = document;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> parent = open(document, parent, reader, name);
        case XMLStreamConstants.END_ELEMENT -> parent = parent.getParentNode();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            parent.appendChild(document.createTextNode(reader.getText()));
        case XMLStreamConstants.DTD -> {
          findings.error(
              location(name, reader.getLocation()),
              "",
              "xml.doctype",
              "A document type declaration (DOCTYPE) is not allowed.",
              "Remove it, and write out the entities it declares.");
          return Optional.empty();
        }
        default -> {}
      }
    }
    return Optional.of(document.getDocumentElement());
  }

  private static Node open(Document document, Node parent, XMLStreamReader reader, String name) {
    var element = document.createElementNS(reader.getNamespaceURI(), qualified(reader));
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String uri = reader.getNamespaceURI(i);
      element.setAttributeNS(
          XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
          prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix,
          uri == null ? "" : uri);
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String local = reader.getAttributeLocalName(i);
      boolean bare = prefix == null || prefix.isEmpty();
      element.setAttributeNS(
          bare ? null : reader.getAttributeNamespace(i),
          bare ? local : prefix + ":" + local,
          reader.getAttributeValue(i));
    }
    element.setUserData(LOCATION, location(name, reader.getLocation()), null);
    parent.appendChild(element);
    return element;
  }

  private static String qualified(XMLStreamReader reader) {
    String prefix = reader.getPrefix();
    return prefix == null || prefix.isEmpty()
        ? reader.getLocalName()
        : prefix + ":" + reader.getLocalName();
  }

  private static Location location(String name, javax.xml.stream.Location at) {
    return at == null
        ? Location.of(name)
        : new Location(name, Math.max(0, at.getLineNumber()), Math.max(0, at.getColumnNumber()));
  }

  private static String firstLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static XMLInputFactory stax() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
