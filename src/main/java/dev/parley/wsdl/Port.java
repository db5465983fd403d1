package dev.parley.wsdl;

import dev.parley.finding.Location;
import dev.parley.message.MessageKind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/**
 * A port of a service: an interface, bound to SOAP, at an address (WSDL 1.1, sections 2.6, 2.7 and
 * 3).
 *
 * @param address as in the document; empty when it has none
 * @param soapActions by operation name; an operation without one, or with an empty one, is absent
 * @param headerBlocks those that the binding declares
 */
public record Port(
    QName service,
    String name,
    QName interfaceName,
    SoapVersion soapVersion,
    String address,
    Map<String, String> soapActions,
    Set<HeaderBlock> headerBlocks,
    Location location) {
  public Port {
    soapActions = Map.copyOf(soapActions);
    headerBlocks = Set.copyOf(headerBlocks);
  }

  /** The header blocks that the binding declares for a message of an operation. */
  public Set<QName> headers(String operation, MessageKind kind) {
    return headerBlocks.stream()
        .filter(b -> b.operation().equals(operation) && b.kind() == kind)
        .map(HeaderBlock::element)
        .collect(Collectors.toUnmodifiableSet());
  }
}
