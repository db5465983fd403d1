package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an endpoint reference (WS-Addressing 1.0 Core, section 2.2). What the submission calls
 * reference properties are parameters, too: either way they go back as header blocks.
 */
final class EndpointReferenceReader {
  private final XmlSource source;
  private final HeaderCopies copies;
  private final AddressingVersion version;
  private final List<Body> parameters = new ArrayList<>(2);

  EndpointReferenceReader(XmlSource source, HeaderCopies copies, AddressingVersion version) {
    this.source = source;
    this.copies = copies;
    this.version = version;
  }

  /** From the element's start tag to its end tag; the address is empty where there is none. */
  EndpointReference read(Map<String, String> outer) {
    var scope = scope(outer);
    String address = "";
    while (source.nextTag("in an endpoint reference") == START_ELEMENT) {
      boolean own = version.namespace().equals(source.reader.getNamespaceURI());
      switch (own ? source.reader.getLocalName() : "") {
        case "Address" -> address = source.elementText();
        case "ReferenceParameters", "ReferenceProperties" -> parameters(scope);
        default -> source.skipElement();
      }
    }
    return version.reference(address, parameters);
  }

  private void parameters(Map<String, String> outer) {
    var scope = scope(outer);
    while (source.nextTag("in reference parameters") == START_ELEMENT) {
      parameters.add(copies.copy(scope));
    }
  }

  private Map<String, String> scope(Map<String, String> outer) {
    var scope = new LinkedHashMap<>(outer);
    BodyCopy.addScope(source.reader, scope);
    return scope;
  }
}
