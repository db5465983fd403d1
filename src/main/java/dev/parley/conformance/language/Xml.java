package dev.parley.conformance.language;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** An element by itself, every namespace in scope declared on it. Do not write to it. */
public record Xml(Element element) {

  /** A copy of an element out of its document. */
  public static Xml of(Element element) {
    var document = newDocument();
    var copy = (Element) document.importNode(element, true);
    document.appendChild(copy);
    for (Node above = element.getParentNode();
        above instanceof Element parent;
        above = above.getParentNode()) {
      declarations(parent)
          .filter(a -> !a.getName().equals("xmlns") && !copy.hasAttribute(a.getName()))
          .forEach(
              a ->
                  copy.setAttributeNS(
                      XMLConstants.XMLNS_ATTRIBUTE_NS_URI, a.getName(), a.getValue()));
    }
    return new Xml(copy);
  }

  /** Empty where these bytes are no well-formed document. */
  public static Optional<Xml> parse(byte[] bytes) {
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Quiet());
      return Optional.of(
          new Xml(builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement()));
    } catch (SAXException e) {
      return Optional.empty();
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's parser cannot be used", e);
    }
  }

  static Document newDocument() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's parser cannot be used", e);
    }
  }

  private static Stream<Attr> declarations(Element element) {
    return attributes(element)
        .filter(a -> XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(a.getNamespaceURI()));
  }

  private static Stream<Attr> attributes(Element element) {
    var attributes = element.getAttributes();
    return IntStream.range(0, attributes.getLength()).mapToObj(i -> (Attr) attributes.item(i));
  }

  /** Every text and attribute value in it. */
  public List<String> texts() {
    var texts = new ArrayList<String>();
    var _ =
        map(
            text -> {
              texts.add(text);
              return text;
            });
    return texts;
  }

  /** A copy with other texts and attribute values. */
  public Xml map(UnaryOperator<String> texts) {
    var document = newDocument();
    var copy = (Element) document.importNode(element, true);
    document.appendChild(copy);
    map(copy, texts);
    return new Xml(copy);
  }

  private static void map(Element element, UnaryOperator<String> texts) {
    var attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      var attribute = (Attr) attributes.item(i);
      if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
        attribute.setValue(texts.apply(attribute.getValue()));
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        map(inner, texts);
      } else if (child instanceof Text text) {
        text.setData(texts.apply(text.getData()));
      }
    }
  }

  /** A copy with one attribute more, or another value of it. */
  public Xml with(String namespace, String name, String value) {
    var copy = map(text -> text);
    copy.element.setAttributeNS(
        XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + name.replaceFirst(":.*", ""), namespace);
    copy.element.setAttributeNS(namespace, name, value);
    return copy;
  }

  /** A copy without the attributes of these namespaces. */
  public Xml without(Collection<String> namespaces) {
    var copy = map(text -> text);
    attributes(copy.element)
        .filter(a -> a.getNamespaceURI() != null && namespaces.contains(a.getNamespaceURI()))
        .toList()
        .forEach(copy.element::removeAttributeNode);
    return copy;
  }

  /** The elements directly in it. */
  public List<Element> children() {
    var children = new ArrayList<Element>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        children.add(inner);
      }
    }
    return children;
  }

  /** The text of the first element of this local name, itself or in it, in document order. */
  public Optional<String> first(String localName) {
    if (localName.equals(element.getLocalName())) {
      return Optional.of(element.getTextContent().strip());
    }
    var found = element.getElementsByTagNameNS("*", localName);
    return found.getLength() == 0
        ? Optional.empty()
        : Optional.of(found.item(0).getTextContent().strip());
  }

  /** As it is written on the wire. */
  public String text() {
    return text("no");
  }

  /** As people read it. */
  public String indented() {
    return text("yes").strip();
  }

  private String text(String indent) {
    try {
      var transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.setOutputProperty(OutputKeys.INDENT, indent);
      var out = new StringWriter();
      transformer.transform(new DOMSource(element), new StreamResult(out));
      return out.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("The JDK's serializer cannot be used", e);
    }
  }

  /** The JDK would print what is not well-formed. */
  private static final class Quiet implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
