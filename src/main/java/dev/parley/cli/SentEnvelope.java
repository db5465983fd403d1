package dev.parley.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What a SOAP envelope would bring; anything else brings itself.
 *
 * @param messageId of WS-Addressing; null where it has none
 */
record SentEnvelope(String body, @Nullable String messageId) {

  static SentEnvelope of(Content content) throws IOException, UnusableException {
    if (!content.text().stripLeading().startsWith("<")) {
      return new SentEnvelope(content.text(), null);
    }
    try {
      var root = XmlTree.read(content.text().getBytes(StandardCharsets.UTF_8)).getDocumentElement();
      return "Envelope".equals(root.getLocalName())
              && SoapText.isEnvelopeNamespace(root.getNamespaceURI())
          ? of(root)
          : new SentEnvelope(content.text(), null);
    } catch (SAXException e) {
      throw new UnusableException("Expected well-formed XML, but: " + e.getMessage());
    }
  }

  private static SentEnvelope of(Element envelope) {
    String messageId = null;
    String body = "";
    for (var part : XmlTree.children(envelope)) {
      for (var child : XmlTree.children(part)) {
        if ("Body".equals(part.getLocalName())) {
          body = XmlTree.pretty(child);
        } else if ("MessageID".equals(child.getLocalName())) {
          messageId = child.getTextContent().strip();
        }
      }
    }
    return new SentEnvelope(body, messageId);
  }
}
