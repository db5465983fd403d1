package dev.parley.soap;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.wsdl.SoapVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Writes envelopes as bytes: a body is already what goes on the wire. */
final class EnvelopeWriter {
  private static final byte[] END = ascii("</s:Body></s:Envelope>");
  private static final byte[] PLAIN_11 = ascii(start(SoapVersion.SOAP_11) + "<s:Body>");
  private static final byte[] PLAIN_12 = ascii(start(SoapVersion.SOAP_12) + "<s:Body>");
  private static final int HEADERS = 1_024;

  private EnvelopeWriter() {}

  static byte[] write(SoapVersion version, Header header, Body body) {
    var xml = begin(version, header, List.of(), body.length());
    return xml.raw(body.bytes()).raw(END).toBytes();
  }

  static byte[] write(SoapVersion version, Header header, WireFault fault) {
    // SOAP 1.1 has no such header.
    var unknown = version == SoapVersion.SOAP_12 ? fault.notUnderstood() : List.<QName>of();
    var xml = begin(version, header, unknown, fault.detail().length() + HEADERS);
    if (version == SoapVersion.SOAP_11) {
      fault11(xml, fault);
    } else {
      fault12(xml, fault);
    }
    return xml.raw(END).toBytes();
  }

  private static XmlBytes begin(SoapVersion version, Header header, List<QName> unknown, int size) {
    if (header.equals(Header.NONE) && unknown.isEmpty()) {
      byte[] start = version == SoapVersion.SOAP_11 ? PLAIN_11 : PLAIN_12;
      return new XmlBytes(start.length + size + END.length).raw(start);
    }
    var xml = new XmlBytes(size + HEADERS).raw(start(version)).raw("<s:Header");
    var addressing = header.addressing();
    xml.attribute("xmlns:wsa", addressing.version().namespace()).raw(">");
    block(xml, "MessageID", addressing.messageId());
    block(xml, "RelatesTo", addressing.relatesTo());
    destination(xml, addressing.version(), addressing.to());
    block(xml, "Action", addressing.action());
    header.blocks().forEach(block -> xml.raw(block.bytes()));
    unknown.forEach(name -> notUnderstood(xml, name));
    return xml.raw("</s:Header><s:Body>");
  }

  private static void destination(
      XmlBytes xml, AddressingVersion version, @Nullable EndpointReference to) {
    if (to != null) {
      block(xml, "To", version.written(to));
      to.parameters().forEach(p -> ReferenceParameters.write(xml, p, version));
    }
  }

  private static void block(XmlBytes xml, String name, @Nullable String value) {
    if (value != null) {
      xml.raw("<wsa:" + name + ">").text(value).raw("</wsa:" + name + ">");
    }
  }

  /** SOAP 1.2 Part 1, section 5.4.8. */
  private static void notUnderstood(XmlBytes xml, QName header) {
    xml.raw("<s:NotUnderstood");
    qualified(xml, header);
    xml.attribute("qname", "q:" + header.getLocalPart()).raw("/>");
  }

  private static void fault11(XmlBytes xml, WireFault fault) {
    xml.raw("<s:Fault><faultcode");
    code(xml, fault.code11(), fault.code().in(SoapVersion.SOAP_11));
    xml.raw("</faultcode><faultstring xml:lang=\"en\">").text(fault.reason());
    xml.raw("</faultstring>");
    if (!fault.detail().isEmpty()) {
      xml.raw("<detail>").raw(fault.detail().bytes()).raw("</detail>");
    }
    xml.raw("</s:Fault>");
  }

  private static void fault12(XmlBytes xml, WireFault fault) {
    xml.raw("<s:Fault><s:Code><s:Value>s:").raw(fault.code().in(SoapVersion.SOAP_12));
    xml.raw("</s:Value>");
    if (fault.subcode12() != null) {
      xml.raw("<s:Subcode><s:Value");
      code(xml, fault.subcode12(), "");
      xml.raw("</s:Value></s:Subcode>");
    }
    xml.raw("</s:Code><s:Reason><s:Text xml:lang=\"en\">").text(fault.reason());
    xml.raw("</s:Text></s:Reason>");
    if (!fault.detail().isEmpty()) {
      xml.raw("<s:Detail>").raw(fault.detail().bytes()).raw("</s:Detail>");
    }
    xml.raw("</s:Fault>");
  }

  private static void code(XmlBytes xml, @Nullable QName special, String standard) {
    if (special == null) {
      xml.raw(">s:").raw(standard);
    } else if (special.getNamespaceURI().isEmpty()) {
      xml.raw(">").text(special.getLocalPart());
    } else {
      qualified(xml, special);
      xml.raw(">q:").text(special.getLocalPart());
    }
  }

  private static void qualified(XmlBytes xml, QName name) {
    xml.attribute("xmlns:q", name.getNamespaceURI());
  }

  private static String start(SoapVersion version) {
    return "<s:Envelope xmlns:s=\"" + version.namespace() + "\">";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
