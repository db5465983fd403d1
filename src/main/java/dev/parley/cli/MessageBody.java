package dev.parley.cli;

import dev.parley.message.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What is sent: an example, or what the user wrote.
 *
 * @param root body element or whole envelope; null for an empty body
 */
record MessageBody(@Nullable Element root) {

  static MessageBody sample(Addressee addressee) throws IOException, UnusableException {
    var documents = new ArrayList<Document>();
    for (var file : addressee.bundle().files()) {
      if (!file.toString().endsWith(".bpmn")) {
        documents.add(parsed(Files.readAllBytes(file), file.toString()));
      }
    }
    for (var schema : addressee.port().schemas().made()) {
      documents.add(parsed(schema.getBytes(StandardCharsets.UTF_8), "an rpc message's schema"));
    }
    return new MessageBody(
        addressee
            .element()
            .map(name -> new SampleBody(new SchemaDeclarations(documents)).of(name))
            .orElse(null));
  }

  /** Reads a file; {@code -} is the standard input. */
  static MessageBody read(String file) throws IOException, UnusableException {
    boolean standardInput = file.equals("-");
    if (!standardInput && !Files.isRegularFile(Path.of(file))) {
      throw new UnusableException(
          "Expected a file with a SOAP body or envelope at %s, but there is none.".formatted(file));
    }
    byte[] xml = standardInput ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    String name = standardInput ? "the standard input" : file;
    return new MessageBody(parsed(xml, name).getDocumentElement());
  }

  private static Document parsed(byte[] xml, String name) throws IOException, UnusableException {
    try {
      return XmlTree.read(xml);
    } catch (SAXException e) {
      throw new UnusableException(
          "Expected well-formed XML in %s, but: %s".formatted(name, e.getMessage()));
    }
  }

  /** Puts values into the elements that have these local names. */
  void set(Map<String, String> values) throws UnusableException {
    List<Element> elements = root == null ? List.of() : XmlTree.all(root);
    var leaves = elements.stream().filter(e -> XmlTree.children(e).isEmpty()).toList();
    for (var value : values.entrySet()) {
      var named = leaves.stream().filter(e -> value.getKey().equals(e.getLocalName())).toList();
      if (named.isEmpty()) {
        throw new UnusableException(
            "Expected an element '%s' in the message, but it has: %s."
                .formatted(
                    value.getKey(),
                    leaves.stream().map(Element::getLocalName).collect(Collectors.joining(", "))));
      }
      named.forEach(e -> e.setTextContent(value.getValue()));
    }
  }

  String envelope(Addressee addressee) {
    if (root == null) {
      return SoapText.envelope(addressee.port().port().soapVersion(), "");
    }
    String xml = XmlTree.pretty(root);
    return isEnvelope() ? xml : SoapText.envelope(addressee.port().port().soapVersion(), xml);
  }

  private boolean isEnvelope() {
    return "Envelope".equals(Objects.requireNonNull(root).getLocalName())
        && SoapText.isEnvelopeNamespace(root.getNamespaceURI());
  }

  /** What the schema says against it; a whole envelope is not looked into. */
  List<String> violations(Addressee addressee) {
    return root == null || isEnvelope()
        ? List.of()
        : addressee.port().schemas().violations(Body.of(XmlTree.pretty(root)));
  }
}
