package dev.parley.conformance.run;

import dev.parley.conformance.language.AddressingVersion;
import dev.parley.conformance.language.Xml;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * An endpoint reference that came in a message.
 *
 * @param parameters its reference parameters, and what the submission of 2004 calls properties
 */
record Kept(String address, List<Xml> parameters) {
  Kept {
    parameters = List.copyOf(parameters);
  }

  /** Where the gateway is itself, it is there still when it has started again at another port. */
  Kept within(URI gateway) {
    String own = gateway + "/";
    return address.startsWith(own)
        ? new Kept(address.substring(own.length() - 1), parameters)
        : this;
  }

  /** As it is now. */
  Kept at(URI gateway) {
    return new Kept(gateway.resolve(address).toString(), parameters);
  }

  /** Of the first element of this name; empty where there is none, or it has no address. */
  static Optional<Kept> find(Envelope envelope, QName name) {
    var found =
        envelope
            .whole()
            .element()
            .getElementsByTagNameNS(name.getNamespaceURI(), name.getLocalPart());
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .flatMap(e -> of(e).stream())
        .findFirst();
  }

  private static Optional<Kept> of(Element reference) {
    var parameters =
        parts(reference, "ReferenceProperties", "ReferenceParameters")
            .flatMap(p -> new Xml(p).children().stream())
            .map(Xml::of)
            .toList();
    return parts(reference, "Address")
        .map(a -> new Kept(a.getTextContent().strip(), parameters))
        .findFirst();
  }

  private static Stream<Element> parts(Element reference, String... names) {
    return new Xml(reference)
        .children().stream()
            .filter(c -> List.of(names).contains(c.getLocalName()))
            .filter(c -> AddressingVersion.ofNamespace(c.getNamespaceURI()).isPresent());
  }
}
