package dev.parley.wsdl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** A binding's SOAP extension elements, of either version (WSDL 1.1, section 3). */
final class SoapBinding {
  private static final Map<String, SoapVersion> NAMESPACES =
      Map.of(
          "http://schemas.xmlsoap.org/wsdl/soap/", SoapVersion.SOAP_11,
          "http://schemas.xmlsoap.org/wsdl/soap12/", SoapVersion.SOAP_12);

  /** The second is the name of SOAP 1.2's own HTTP binding. */
  static final Set<String> HTTP =
      Set.of(
          "http://schemas.xmlsoap.org/soap/http", "http://www.w3.org/2003/05/soap/bindings/HTTP/");

  static final String JMS = "http://www.w3.org/2010/soapjms/";

  private SoapBinding() {}

  static Optional<SoapVersion> version(Element extension) {
    return Optional.ofNullable(NAMESPACES.get(String.valueOf(extension.getNamespaceURI())));
  }

  /** The child of this name in a SOAP namespace. */
  static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  static List<Element> children(Element parent, String name) {
    return LocatedXml.children(parent).stream()
        .filter(e -> version(e).isPresent() && name.equals(e.getLocalName()))
        .toList();
  }
}
