package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.wsdl.SoapVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope's header blocks: those of WS-Addressing 1.0 are understood, others only if they
 * need not be (SOAP 1.1, section 4.2.3; SOAP 1.2 Part 1, section 2.4).
 */
final class HeaderReader {
  private final XmlSource source;
  private final XMLStreamReader reader;
  private final SoapVersion version;
  private final boolean strict;
  private final Map<String, String> properties = new HashMap<>();
  private final List<QName> notUnderstood = new ArrayList<>();

  HeaderReader(XmlSource source, SoapVersion version, boolean strict) {
    this.source = source;
    this.reader = source.reader;
    this.version = version;
    this.strict = strict;
  }

  /** From the header's start tag to its end tag. */
  Addressing read() {
    while (source.nextTag("in the header") == START_ELEMENT) {
      block();
    }
    if (strict && !notUnderstood.isEmpty()) {
      throw new Refusal(WireFault.notUnderstood(notUnderstood));
    }
    return properties.isEmpty()
        ? Addressing.NONE
        : new Addressing(
            properties.get("MessageID"),
            properties.get("RelatesTo"),
            properties.get("ReplyTo"),
            properties.get("FaultTo"),
            properties.get("To"),
            properties.get("Action"));
  }

  private void block() {
    if (!Soap.isForUs(role())) {
      source.skipElement();
      return;
    }
    if (!Soap.ADDRESSING.equals(reader.getNamespaceURI())) {
      if (mustUnderstand()) {
        notUnderstood.add(reader.getName());
      }
      source.skipElement();
      return;
    }
    String name = reader.getLocalName();
    switch (name) {
      case "MessageID", "To", "Action" -> keep(name, source.elementText());
      // Further relationships are allowed; the first is the one that counts.
      case "RelatesTo" -> properties.putIfAbsent(name, source.elementText());
      case "ReplyTo", "FaultTo" -> keep(name, address());
      default -> source.skipElement();
    }
  }

  private void keep(String name, String value) {
    if (properties.put(name, value) != null && strict) {
      throw source.invalid("The header wsa:" + name + " occurs twice.", "Send it once.");
    }
  }

  /** Of an endpoint reference (WS-Addressing 1.0 Core, section 2.2). */
  private String address() {
    String address = "";
    while (source.nextTag("in an endpoint reference") == START_ELEMENT) {
      if ("Address".equals(reader.getLocalName())) {
        address = source.elementText();
      } else {
        source.skipElement();
      }
    }
    return address;
  }

  private String role() {
    return attribute(version == SoapVersion.SOAP_11 ? "actor" : "role");
  }

  private boolean mustUnderstand() {
    String value = attribute("mustUnderstand").strip();
    return value.equals("1") || value.equals("true");
  }

  private String attribute(String name) {
    @Nullable String value = reader.getAttributeValue(version.namespace(), name);
    return value == null ? "" : value;
  }
}
