package dev.parley.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** XML that people read, as a tree. */
final class XmlTree {
  private XmlTree() {}

  /** Reads a document; nothing outside it is fetched. */
  static Document read(byte[] xml) throws IOException, SAXException {
    return builder().parse(new ByteArrayInputStream(xml));
  }

  static Document empty() {
    return builder().newDocument();
  }

  private static DocumentBuilder builder() {
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's XML parser lacks a feature", e);
    }
  }

  static List<Element> children(Node parent) {
    var children = new ArrayList<Element>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /** Every element of a tree, its root first. */
  static List<Element> all(Element root) {
    var all = new ArrayList<Element>();
    all.add(root);
    children(root).forEach(child -> all.addAll(all(child)));
    return all;
  }

  /** An element, indented; white space between elements does not count. */
  static String pretty(Node tree) {
    try {
      var transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.INDENT, "yes");
      transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      var text = new StringWriter();
      var copy = tree.cloneNode(true);
      strip(copy);
      transformer.transform(new DOMSource(copy), new StreamResult(text));
      return text.toString().strip();
    } catch (TransformerException e) {
      throw new IllegalStateException("The JDK cannot write XML", e);
    }
  }

  private static void strip(Node parent) {
    boolean hasElements = !children(parent).isEmpty();
    Node node = parent.getFirstChild();
    while (node != null) {
      Node next = node.getNextSibling();
      if (hasElements && node.getNodeType() == Node.TEXT_NODE && node.getTextContent().isBlank()) {
        parent.removeChild(node);
      } else {
        strip(node);
      }
      node = next;
    }
  }
}
