package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads endpoint references (WS-Addressing 1.0 Core, section 2.2). What the submission calls
 * reference properties are parameters, too: either way they go back as header blocks.
 */
final class EndpointReferences {
  private EndpointReferences() {}

  /** From the element's start tag to its end tag; the address is empty where there is none. */
  static EndpointReference read(
      XmlSource source, Map<String, String> outer, AddressingVersion version) {
    var scope = new LinkedHashMap<>(outer);
    BodyCopy.addScope(source.reader, scope);
    String address = "";
    var parameters = new ArrayList<Body>();
    while (source.nextTag("in an endpoint reference") == START_ELEMENT) {
      boolean own = version.namespace().equals(source.reader.getNamespaceURI());
      switch (own ? source.reader.getLocalName() : "") {
        case "Address" -> address = source.elementText();
        case "ReferenceParameters", "ReferenceProperties" -> parameters(source, scope, parameters);
        default -> source.skipElement();
      }
    }
    return version.reference(address, parameters);
  }

  private static void parameters(
      XmlSource source, Map<String, String> outer, List<Body> parameters) {
    var scope = new LinkedHashMap<>(outer);
    BodyCopy.addScope(source.reader, scope);
    while (source.nextTag("in reference parameters") == START_ELEMENT) {
      parameters.add(BodyCopy.copy(source, scope));
    }
  }
}
