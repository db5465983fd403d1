package dev.parley.wsdl;

import dev.parley.finding.Location;
import java.util.Map;
import javax.xml.namespace.QName;

/**
 * A port of a service: an interface, bound to SOAP, at an address (WSDL 1.1, sections 2.6, 2.7 and
 * 3).
 *
 * @param address as in the document; empty when it has none
 * @param soapActions by operation name; an operation without one, or with an empty one, is absent
 */
public record Port(
    QName service,
    String name,
    QName interfaceName,
    SoapVersion soapVersion,
    String address,
    Map<String, String> soapActions,
    Location location) {
  public Port {
    soapActions = Map.copyOf(soapActions);
  }
}
