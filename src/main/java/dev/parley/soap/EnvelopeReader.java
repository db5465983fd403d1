package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.END_DOCUMENT;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.message.Body;
import dev.parley.wsdl.SchemaSet;
import dev.parley.wsdl.SoapVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one envelope to the end of its document, in one pass and without a tree (SOAP 1.1, section
 * 4; SOAP 1.2 Part 1, section 5.1).
 */
final class EnvelopeReader {
  private static final String REMEDY = "Send one SOAP envelope whose body has at most one element.";

  private final XmlSource source;
  private final @Nullable SoapVersion expected;
  private final Map<String, String> scope = new LinkedHashMap<>();

  private final @Nullable SchemaSet schemas;
  private final Understood understood;
  private boolean surelyValid;

  private EnvelopeReader(
      XmlSource source,
      @Nullable SoapVersion expected,
      @Nullable SchemaSet schemas,
      Understood understood) {
    this.source = source;
    this.expected = expected;
    this.schemas = schemas;
    this.understood = understood;
  }

  /** A request to a port; header blocks that must be understood are. */
  static Envelope readRequest(
      XmlSource source, SoapVersion expected, @Nullable SchemaSet schemas, Understood understood) {
    return new EnvelopeReader(source, expected, schemas, understood).read();
  }

  /** A partner's answer, in either version; says what was not understood. */
  static Envelope readAnswer(XmlSource source, Understood understood) {
    return new EnvelopeReader(source, null, null, understood).read();
  }

  private Envelope read() {
    if (source.nextTag("before the envelope") != START_ELEMENT) {
      throw source.invalid("Expected a SOAP envelope, but found nothing.", REMEDY);
    }
    var version = version();
    BodyCopy.addScope(source.reader, scope);
    int event = source.nextTag("in the envelope");
    var header = Header.NONE;
    if (event == START_ELEMENT && source.isAt(version, "Header")) {
      header = header(version);
      event = source.nextTag("in the envelope");
    }
    if (event != START_ELEMENT || !source.isAt(version, "Body")) {
      throw source.invalid("Expected the envelope's Body.", REMEDY);
    }
    BodyCopy.addScope(source.reader, scope);
    var envelope = body(version, header);
    end();
    return envelope;
  }

  private Header header(SoapVersion version) {
    boolean strict = expected != null;
    var header = new HeaderReader(source, version, scope, strict).read(understood);
    if (strict && !header.notUnderstood().isEmpty()) {
      throw new Refusal(WireFault.notUnderstood(header.notUnderstood()));
    }
    return header;
  }

  private Envelope body(SoapVersion version, Header header) {
    attach();
    if (source.nextTag("in the body") == END_ELEMENT) {
      detach();
      return new Envelope(version, header, null, Body.EMPTY, true);
    }
    QName root = source.reader.getName();
    var body = BodyCopy.copy(source, scope);
    detach();
    if (source.nextTag("in the body") != END_ELEMENT) {
      throw source.invalid("Expected one element in the body, but found a second.", REMEDY);
    }
    return new Envelope(version, header, root, body, surelyValid);
  }

  private void attach() {
    if (schemas != null) {
      try {
        surelyValid = schemas.attach(source.reader, () -> surelyValid = false);
      } catch (XMLStreamException e) {
        throw source.refusal(e);
      }
    }
  }

  private void detach() {
    if (schemas != null) {
      try {
        schemas.detach(source.reader);
      } catch (XMLStreamException e) {
        throw source.refusal(e);
      }
    }
  }

  private void end() {
    if (source.nextTag("after the body") != END_ELEMENT) {
      throw source.invalid("Expected nothing after the body.", REMEDY);
    }
    if (source.nextTag("after the envelope") != END_DOCUMENT) {
      throw source.invalid("Expected nothing after the envelope.", REMEDY);
    }
    source.close();
  }

  private SoapVersion version() {
    for (var version : SoapVersion.values()) {
      if (source.isAt(version, "Envelope") && (expected == null || expected == version)) {
        return version;
      }
    }
    throw new Refusal(
        WireFault.of(
            WireFault.Code.VERSION_MISMATCH,
            "Expected the root element Envelope of namespace %s, but found %s."
                .formatted(
                    (expected == null ? SoapVersion.SOAP_12 : expected).namespace(),
                    source.reader.getName())));
  }
}
