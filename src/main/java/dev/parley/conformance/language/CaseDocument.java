package dev.parley.conformance.language;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** A case's file as a tree whose elements know their lines, held to the language's schema. */
final class CaseDocument extends DefaultHandler {
  private static final String LINE = "line";
  private static final Schema SCHEMA = schema();

  private final String name;
  private final List<Finding> findings;
  private final Document document = Xml.newDocument();
  private final Map<String, String> declared = new LinkedHashMap<>();
  private Node current = document;
  private @Nullable Locator locator;

  private CaseDocument(String name, List<Finding> findings) {
    this.name = name;
    this.findings = findings;
  }

  /** What is wrong is added to the findings; then the tree may be of no use. */
  static Document read(Path file, String name, List<Finding> findings) throws IOException {
    var reading = new CaseDocument(name, findings);
    try (var in = Files.newInputStream(file)) {
      var factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setSchema(SCHEMA);
      factory.newSAXParser().parse(new InputSource(in), reading);
    } catch (SAXParseException e) {
      reading.error(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's parser cannot be used", e);
    }
    reading.document.normalize();
    return reading.document;
  }

  static int line(Element element) {
    return element.getUserData(LINE) instanceof Integer line ? line : 0;
  }

  private static Schema schema() {
    try (InputStream in =
        CaseDocument.class.getResourceAsStream("/dev/parley/conformance/case.xsd")) {
      return SchemaFactory.newDefaultInstance()
          .newSchema(new StreamSource(Objects.requireNonNull(in, "case.xsd is not in the jar")));
    } catch (IOException | SAXException e) {
      throw new IllegalStateException("case.xsd cannot be read", e);
    }
  }

  @Override
  public void setDocumentLocator(Locator where) {
    locator = where;
  }

  @Override
  public void startPrefixMapping(String prefix, String uri) {
    declared.put(prefix, uri);
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    var element = document.createElementNS(uri.isEmpty() ? null : uri, qName);
    element.setUserData(LINE, locator == null ? 0 : locator.getLineNumber(), null);
    declared.forEach(
        (prefix, namespace) ->
            element.setAttributeNS(
                XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
                prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix,
                namespace));
    declared.clear();
    for (int i = 0; i < attributes.getLength(); i++) {
      String namespace = attributes.getURI(i);
      element.setAttributeNS(
          namespace.isEmpty() ? null : namespace, attributes.getQName(i), attributes.getValue(i));
    }
    current.appendChild(element);
    current = element;
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    current = Objects.requireNonNull(current.getParentNode());
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    current.appendChild(document.createTextNode(new String(characters, start, length)));
  }

  @Override
  public void error(SAXParseException e) {
    String message = String.valueOf(e.getMessage());
    // An attribute's bad value is told twice: by its type first, which says what is expected.
    if (!message.startsWith("cvc-attribute") && !message.startsWith("cvc-type.3.1.3")) {
      var location = new Location(name, e.getLineNumber(), e.getColumnNumber());
      findings.add(
          Finding.error(
              location,
              "",
              "case.schema",
              message.replaceFirst("^cvc-[A-Za-z0-9.\\-]+: ", ""),
              "Let an editor complete it by conformance/case.xsd, or see docs/conformance.md."));
    }
  }
}
