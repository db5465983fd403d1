package dev.parley.soap;

import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.wsdl.SoapVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A fault as an envelope says it (SOAP 1.1, section 4.4; SOAP 1.2 Part 1, section 5.4).
 *
 * @param code11 the faultcode where SOAP 1.1 has a more special one; null for the code's own
 * @param subcode12 null for none
 * @param detail the detail's children
 * @param notUnderstood the header blocks that a MustUnderstand fault is about
 */
record WireFault(
    Code code,
    @Nullable QName code11,
    @Nullable QName subcode12,
    String reason,
    Body detail,
    Http http,
    List<QName> notUnderstood) {
  static final String NAMESPACE = "urn:parley:fault:1";

  /** The codes that both versions have, under the names that each gives them. */
  enum Code {
    SENDER("Client", "Sender"),
    RECEIVER("Server", "Receiver"),
    MUST_UNDERSTAND("MustUnderstand", "MustUnderstand"),
    VERSION_MISMATCH("VersionMismatch", "VersionMismatch");

    private final String name11;
    private final String name12;

    Code(String name11, String name12) {
      this.name11 = name11;
      this.name12 = name12;
    }

    String in(SoapVersion version) {
      return version == SoapVersion.SOAP_11 ? name11 : name12;
    }
  }

  /** Which status goes with it. */
  enum Http {
    /** As the version's HTTP binding says: 400 for SOAP 1.2's Sender, else 500. */
    BY_CODE,
    UNAVAILABLE,
    TOO_LARGE
  }

  /** What a fault is about; null where that is not known yet. */
  record Subject(String process, @Nullable String operation, @Nullable String messageId) {}

  int status(SoapVersion version) {
    return switch (http) {
      case UNAVAILABLE -> 503;
      case TOO_LARGE -> 413;
      case BY_CODE -> version == SoapVersion.SOAP_12 && code == Code.SENDER ? 400 : 500;
    };
  }

  /** A plain fault without detail. */
  static WireFault of(Code code, String reason) {
    return new WireFault(code, null, null, reason, Body.EMPTY, Http.BY_CODE, List.of());
  }

  static WireFault notUnderstood(List<QName> headers) {
    var reason = "These header blocks must be understood, but are not: " + headers + ".";
    return new WireFault(
        Code.MUST_UNDERSTAND, null, null, reason, Body.EMPTY, Http.BY_CODE, List.copyOf(headers));
  }

  static WireFault of(Fault fault, Subject subject) {
    return switch (fault) {
      // Receiver, HTTP 500, as JAX-WS does: many clients do not look for a fault behind HTTP 400.
      case Fault.Declared(var _, var detail, var reason) ->
          new WireFault(Code.RECEIVER, null, null, reason, detail, Http.BY_CODE, List.of());
      case Fault.Gateway gateway -> ofGateway(gateway, subject);
      case Fault.Undeclared undeclared -> ofUndeclared(undeclared);
    };
  }

  private static WireFault ofGateway(Fault.Gateway fault, Subject subject) {
    var kind = fault.kind();
    var code = kind.blame() == FaultKind.Blame.SENDER ? Code.SENDER : Code.RECEIVER;
    var http =
        kind == FaultKind.UNAVAILABLE || kind == FaultKind.QUEUE_FULL
            ? Http.UNAVAILABLE
            : Http.BY_CODE;
    var subcode = new QName(NAMESPACE, kind.wireName());
    return new WireFault(
        code, null, subcode, fault.reason(), detail(fault, subject), http, List.of());
  }

  private static WireFault ofUndeclared(Fault.Undeclared fault) {
    String local = fault.code().getLocalPart();
    for (var code : Code.values()) {
      if (isSoap(fault.code()) && (local.equals(code.name11) || local.equals(code.name12))) {
        return new WireFault(
            code, null, null, fault.reason(), fault.detail(), Http.BY_CODE, List.of());
      }
    }
    return new WireFault(
        Code.RECEIVER,
        fault.code(),
        fault.code(),
        fault.reason(),
        fault.detail(),
        Http.BY_CODE,
        List.of());
  }

  private static boolean isSoap(QName code) {
    return code.getNamespaceURI().equals(SoapVersion.SOAP_11.namespace())
        || code.getNamespaceURI().equals(SoapVersion.SOAP_12.namespace());
  }

  private static Body detail(Fault.Gateway fault, Subject subject) {
    var xml = new XmlBytes(512);
    String root = "f:" + fault.kind().wireName();
    xml.raw("<" + root + " xmlns:f=\"" + NAMESPACE + "\">");
    element(xml, "process", subject.process());
    element(xml, "operation", subject.operation());
    element(xml, "messageId", subject.messageId());
    element(xml, "reason", fault.reason());
    element(xml, "remedy", fault.remedy());
    xml.raw("</" + root + ">");
    return Body.of(xml.toBytes());
  }

  private static void element(XmlBytes xml, String name, @Nullable String value) {
    if (value != null) {
      xml.raw("<f:" + name + ">").text(value).raw("</f:" + name + ">");
    }
  }

  @Override
  public String toString() {
    return code + ": " + reason + new String(detail.bytes(), StandardCharsets.UTF_8);
  }
}
