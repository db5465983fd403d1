package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.wsdl.SoapVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope's header blocks: those of WS-Addressing into their properties, the others as
 * they are (SOAP 1.1, section 4.2.3; SOAP 1.2 Part 1, section 2.4).
 */
final class HeaderReader {
  private static final Set<String> REFERENCES = Set.of("ReplyTo", "FaultTo", "From");

  /** May hold a password in plain text, and nobody here makes use of it. */
  private static final String SECURITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

  private final XmlSource source;
  private final XMLStreamReader reader;
  private final HeaderCopies copies;
  private final SoapVersion version;
  private final Map<String, String> scope;
  private final boolean strict;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, EndpointReference> references = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Body> blocks = new ArrayList<>(2);
  private final List<QName> notUnderstood = new ArrayList<>(0);
  private @Nullable AddressingVersion spoken;

  /**
   * Stands at the header's start tag.
   *
   * @param outer the namespaces that the envelope declares
   * @param strict whether addressing that contradicts itself is refused
   */
  HeaderReader(XmlSource source, SoapVersion version, Map<String, String> outer, boolean strict) {
    this.source = source;
    this.reader = source.reader;
    this.copies = new HeaderCopies(source);
    this.version = version;
    this.scope = new LinkedHashMap<>(outer);
    this.strict = strict;
    BodyCopy.addScope(reader, scope);
  }

  /** To the header's end tag. */
  Header read(Predicate<QName> understood) {
    while (source.nextTag("in the header") == START_ELEMENT) {
      if (!Soap.isForUs(role())) {
        source.skipElement();
        continue;
      }
      var addressing = AddressingVersion.of(reader.getNamespaceURI());
      if (addressing == null) {
        block(understood);
      } else {
        addressing(addressing);
      }
    }
    return new Header(addressing(), blocks, notUnderstood);
  }

  private Addressing addressing() {
    return spoken == null
        ? Addressing.NONE
        : new Addressing(
            spoken,
            texts.get("MessageID"),
            texts.get("RelatesTo"),
            references.get("To"),
            references.get("ReplyTo"),
            references.get("FaultTo"),
            texts.get("Action"));
  }

  private void block(Predicate<QName> understood) {
    var name = reader.getName();
    boolean unknown = mustUnderstand() && !understood.test(name);
    if (unknown) {
      notUnderstood.add(name);
    }
    if (unknown || SECURITY.equals(name.getNamespaceURI())) {
      source.skipElement();
    } else {
      blocks.add(copies.copy(scope));
    }
  }

  private void addressing(AddressingVersion found) {
    if (spoken == null) {
      spoken = found;
    } else if (spoken != found && strict) {
      throw source.invalid(
          "The headers mix %s and %s.".formatted(spoken.namespace(), found.namespace()),
          "Send those of one version of WS-Addressing.");
    }
    String name = reader.getLocalName();
    switch (name) {
      case "MessageID", "Action" -> {
        once(name);
        texts.put(name, source.elementText());
      }
      case "RelatesTo" -> relates(found);
      case "To" -> {
        once(name);
        references.put(name, found.reference(source.elementText(), List.of()));
      }
      default -> reference(name, found);
    }
  }

  /** Any relationship is allowed; the first that is a reply is the one that counts. */
  private void relates(AddressingVersion found) {
    @Nullable String type = reader.getAttributeValue(null, "RelationshipType");
    boolean isReply = type == null || found.isReply(type.strip(), reader.getNamespaceContext());
    var text = source.elementText();
    if (isReply) {
      texts.putIfAbsent("RelatesTo", text);
    }
  }

  private void reference(String name, AddressingVersion found) {
    if (!REFERENCES.contains(name)) {
      source.skipElement();
      return;
    }
    once(name);
    var reference = new EndpointReferenceReader(source, copies, found).read(scope);
    if (reference.address().isEmpty() && strict) {
      throw source.invalid(
          "The header wsa:%s has no wsa:Address.".formatted(name), "Send an address in it.");
    }
    references.put(name, reference);
  }

  /** WS-Addressing 1.0 SOAP Binding, section 6.4.1. */
  private void once(String name) {
    if (!seen.add(name) && strict) {
      throw source.invalid("The header wsa:" + name + " occurs twice.", "Send it once.");
    }
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
