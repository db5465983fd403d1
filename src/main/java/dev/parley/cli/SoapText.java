package dev.parley.cli;

import dev.parley.wsdl.SoapVersion;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** SOAP envelopes as people write and read them. */
final class SoapText {
  private static final XMLInputFactory XML = factory();

  private SoapText() {}

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  static String envelope(SoapVersion version, String body) {
    String content = body.isBlank() ? "" : body.strip().indent(4);
    return """
    <soap:Envelope xmlns:soap="%s">
      <soap:Body>
    %s  </soap:Body>
    </soap:Envelope>
    """
        .formatted(version.namespace(), content);
  }

  /** The body's content without prefixes, declarations and white space between elements. */
  static String shortened(String envelope) {
    try {
      var in = XML.createXMLStreamReader(new StringReader(envelope));
      var text = new StringBuilder();
      int depth = 0;
      while (in.hasNext()) {
        int event = in.next();
        if (isBody(in, event)) {
          depth++;
        } else if (depth > 0) {
          append(in, event, text);
        }
      }
      return text.toString();
    } catch (XMLStreamException e) {
      return "(" + envelope.lines().findFirst().orElse("empty") + ")";
    }
  }

  /** The text of the first element of this name, wherever it is. */
  static Optional<String> textOf(String localName, String xml) {
    try {
      var in = XML.createXMLStreamReader(new StringReader(xml));
      while (in.hasNext()) {
        if (in.next() == XMLStreamConstants.START_ELEMENT && localName.equals(in.getLocalName())) {
          return Optional.of(in.getElementText().strip());
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  private static boolean isBody(XMLStreamReader in, int event) {
    boolean tag =
        event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT;
    return tag && in.getLocalName().equals("Body") && isEnvelopeNamespace(in.getNamespaceURI());
  }

  static boolean isEnvelopeNamespace(@Nullable String namespace) {
    return Arrays.stream(SoapVersion.values()).anyMatch(v -> v.namespace().equals(namespace));
  }

  private static void append(XMLStreamReader in, int event, StringBuilder text) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT ->
          text.append('<').append(in.getLocalName()).append('>');
      case XMLStreamConstants.END_ELEMENT -> {
        if (!in.getLocalName().equals("Envelope")) {
          text.append("</").append(in.getLocalName()).append('>');
        }
      }
      case XMLStreamConstants.CHARACTERS -> text.append(in.getText().strip());
      default -> {}
    }
  }
}
