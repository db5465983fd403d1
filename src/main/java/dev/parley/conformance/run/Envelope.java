package dev.parley.conformance.run;

import dev.parley.conformance.language.AddressingVersion;
import dev.parley.conformance.language.Xml;
import dev.parley.wsdl.SoapVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/** A SOAP envelope as it travelled. */
record Envelope(SoapVersion version, Xml whole, Optional<Xml> body) {
  /**
   * A fault in one form for both versions.
   *
   * @param sender whether the sender is to blame
   */
  record Fault(boolean sender, String code, String reason, Optional<Xml> detail) {
    Optional<QName> detailName() {
      return detail.map(d -> name(d.element()));
    }
  }

  /** Empty where it is none. */
  static Optional<Envelope> parse(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    return Xml.parse(bytes).flatMap(Envelope::of);
  }

  private static Optional<Envelope> of(Xml whole) {
    var version =
        Arrays.stream(SoapVersion.values())
            .filter(v -> v.namespace().equals(whole.element().getNamespaceURI()))
            .findFirst();
    return version.map(
        v ->
            new Envelope(
                v,
                whole,
                whole.children().stream()
                    .filter(c -> c.getLocalName().equals("Body"))
                    .flatMap(c -> new Xml(c).children().stream())
                    .findFirst()
                    .map(Xml::of)));
  }

  /** The header blocks. */
  List<Element> blocks() {
    return whole.children().stream()
        .filter(c -> c.getLocalName().equals("Header"))
        .flatMap(c -> new Xml(c).children().stream())
        .toList();
  }

  /** The version of its WS-Addressing headers; empty where it has none. */
  Optional<AddressingVersion> addressing() {
    return blocks().stream().flatMap(b -> versionOf(b).stream()).findFirst();
  }

  /** A WS-Addressing header by its local name. */
  Optional<String> addressing(String name) {
    return blocks().stream()
        .filter(b -> name.equals(b.getLocalName()) && versionOf(b).isPresent())
        .map(b -> b.getTextContent().strip())
        .findFirst();
  }

  private static Optional<AddressingVersion> versionOf(Element block) {
    return Optional.ofNullable(block.getNamespaceURI()).flatMap(AddressingVersion::ofNamespace);
  }

  /** Empty where the body is none. */
  Optional<Fault> fault() {
    return body.filter(
            b ->
                "Fault".equals(b.element().getLocalName())
                    && version.namespace().equals(b.element().getNamespaceURI()))
        .map(b -> version == SoapVersion.SOAP_11 ? fault11(b) : fault12(b));
  }

  private static Fault fault11(Xml fault) {
    String code = fault.first("faultcode").orElse("");
    return new Fault(
        code.endsWith(":Client") || code.equals("Client"),
        code,
        fault.first("faultstring").orElse(""),
        detail(fault, "detail"));
  }

  private static Fault fault12(Xml fault) {
    String code = fault.first("Value").orElse("");
    return new Fault(
        code.endsWith(":Sender"), code, fault.first("Text").orElse(""), detail(fault, "Detail"));
  }

  private static Optional<Xml> detail(Xml fault, String name) {
    return fault.children().stream()
        .filter(c -> name.equals(c.getLocalName()))
        .flatMap(c -> new Xml(c).children().stream())
        .findFirst()
        .map(Xml::of);
  }

  /**
   * Writes one.
   *
   * @param head header blocks, one after the other
   */
  static String write(SoapVersion version, String head, String body) {
    return "<e:Envelope xmlns:e=\"%s\">%s<e:Body>%s</e:Body></e:Envelope>"
        .formatted(
            version.namespace(), head.isEmpty() ? "" : "<e:Header>" + head + "</e:Header>", body);
  }

  static String fault(SoapVersion version, boolean sender, String reason, String detail) {
    String text = escaped(reason);
    if (version == SoapVersion.SOAP_11) {
      return "<e:Fault><faultcode>e:%s</faultcode><faultstring>%s</faultstring>%s</e:Fault>"
          .formatted(
              sender ? "Client" : "Server",
              text,
              detail.isEmpty() ? "" : "<detail>" + detail + "</detail>");
    }
    return ("<e:Fault><e:Code><e:Value>e:%s</e:Value></e:Code><e:Reason><e:Text xml:lang=\"en\">%s"
            + "</e:Text></e:Reason>%s</e:Fault>")
        .formatted(
            sender ? "Sender" : "Receiver",
            text,
            detail.isEmpty() ? "" : "<e:Detail>" + detail + "</e:Detail>");
  }

  static String contentType(SoapVersion version) {
    return version == SoapVersion.SOAP_11
        ? "text/xml; charset=utf-8"
        : "application/soap+xml; charset=utf-8";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The qualified name of an element. */
  static QName name(Element element) {
    return new QName(
        Objects.requireNonNullElse(element.getNamespaceURI(), ""), element.getLocalName());
  }
}
