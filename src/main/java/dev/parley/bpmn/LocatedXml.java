package dev.parley.bpmn;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML into elements that know their line and column; a DOCTYPE is refused. */
final class LocatedXml {

  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_DEPTH = 200;

  private static final String LAZY = "com.ctc.wstx.lazyParsing";

  private final XMLStreamReader reader;
  private final String file;

  private LocatedXml(XMLStreamReader reader, String file) {
    this.reader = reader;
    this.file = file;
  }

  static XmlElement read(Path path, String file) throws RefusedException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw refused(
            Location.of(file),
            "bpmn.too-large",
            "Expected a file of at most %d bytes, but found %d."
                .formatted(MAX_BYTES, Files.size(path)),
            "Split the model into several files.");
      }
      try (var stream = Files.newInputStream(path)) {
        return new LocatedXml(factory().createXMLStreamReader(stream), file).root();
      }
    } catch (XMLStreamException e) {
      throw malformed(e, file);
    } catch (IOException e) {
      throw refused(
          Location.of(file),
          "bpmn.unreadable",
          "Expected a readable file, but found: %s.".formatted(e),
          "Check that the file exists, is UTF-8 or declares its encoding, and may be read.");
    }
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // Woodstox would throw unchecked exceptions for what it finds wrong later.
    if (factory.isPropertySupported(LAZY)) {
      factory.setProperty(LAZY, false);
    }
    return factory;
  }

  private XmlElement root() throws XMLStreamException, RefusedException {
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw refused(
            location(),
            "bpmn.doctype",
            "Expected BPMN without a document type declaration, but found one.",
            "Remove the DOCTYPE.");
      }
    }
    var root = element(Map.of(), 1);
    while (reader.hasNext()) {
      reader.next();
    }
    return root;
  }

  private XmlElement element(Map<String, String> outer, int depth)
      throws XMLStreamException, RefusedException {
    var location = location();
    if (depth > MAX_DEPTH) {
      throw refused(
          location,
          "bpmn.too-deep",
          "Expected at most %d elements inside each other, but found more.".formatted(MAX_DEPTH),
          "Flatten the model.");
    }
    var name = reader.getName();
    var attributes = attributes();
    var namespaces = namespaces(outer);
    var children = new ArrayList<XmlElement>();
    var text = new StringBuilder();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(namespaces, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        default -> {}
      }
    }
    return new XmlElement(
        name, attributes, namespaces, List.copyOf(children), text.toString(), location);
  }

  private Map<QName, String> attributes() {
    var attributes = new LinkedHashMap<QName, String>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeName(i), reader.getAttributeValue(i));
    }
    return Collections.unmodifiableMap(attributes);
  }

  private Map<String, String> namespaces(Map<String, String> outer) {
    if (reader.getNamespaceCount() == 0) {
      return outer;
    }
    var namespaces = new HashMap<>(outer);
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String uri = reader.getNamespaceURI(i);
      namespaces.put(prefix == null ? "" : prefix, uri == null ? "" : uri);
    }
    return Map.copyOf(namespaces);
  }

  private Location location() {
    var place = reader.getLocation();
    return new Location(file, place.getLineNumber(), place.getColumnNumber());
  }

  private static RefusedException malformed(XMLStreamException e, String file) {
    var place = e.getLocation();
    var location =
        place == null
            ? Location.of(file)
            : new Location(file, place.getLineNumber(), place.getColumnNumber());
    String problem =
        String.valueOf(e.getMessage())
            .lines()
            .findFirst()
            .orElse("")
            .strip()
            .replaceAll("[.;]+$", "");
    return refused(
        location,
        "bpmn.malformed",
        "Expected well-formed XML, but found: %s.".formatted(problem),
        "Correct the XML.");
  }

  private static RefusedException refused(
      Location location, String rule, String problem, String remedy) {
    return new RefusedException(List.of(Finding.error(location, "", rule, problem, remedy)));
  }
}
