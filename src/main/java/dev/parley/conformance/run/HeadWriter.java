package dev.parley.conformance.run;

import dev.parley.conformance.language.Addressing;
import dev.parley.conformance.language.AddressingVersion;
import dev.parley.conformance.language.Head;
import dev.parley.conformance.language.Xml;
import dev.parley.wsdl.SoapVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes header blocks: WS-Addressing's, and others. */
final class HeadWriter {
  /** Of prefixes that no element of a case has. */
  private static final String OWN = "case-";

  private final SoapVersion soap;
  private final AddressingVersion version;
  private final UnaryOperator<String> fill;
  private final StringBuilder written = new StringBuilder();

  /**
   * @param fill fills placeholders
   */
  HeadWriter(SoapVersion soap, AddressingVersion version, UnaryOperator<String> fill) {
    this.soap = soap;
    this.version = version;
    this.fill = fill;
  }

  /** The properties of a message, and where it goes if that is an endpoint reference. */
  HeadWriter addressing(
      Addressing given, Optional<String> messageId, Optional<Kept> to, String action) {
    if (given.isEmpty() && to.isEmpty()) {
      return this;
    }
    messageId.ifPresent(id -> property("MessageID", id));
    given.relatesTo().ifPresent(id -> property("RelatesTo", id));
    given.replyTo().ifPresent(r -> reference("ReplyTo", r));
    given.faultTo().ifPresent(r -> reference("FaultTo", r));
    to.ifPresent(this::to);
    if (!action.isEmpty()) {
      property("Action", action);
    }
    return this;
  }

  HeadWriter blocks(List<Head.Block> blocks) {
    for (var block : blocks) {
      var element = block.element().map(fill);
      var marked =
          block.mustUnderstand()
              ? element.with(soap.namespace(), OWN + "soap:mustUnderstand", "1")
              : element;
      written.append(marked.text());
    }
    return this;
  }

  private void to(Kept reference) {
    property("To", reference.address());
    for (var parameter : reference.parameters()) {
      // The submission of 2004 marks no parameters.
      var marked =
          version == AddressingVersion.CORE
              ? parameter.with(version.namespace(), OWN + "wsa:IsReferenceParameter", "true")
              : parameter;
      written.append(marked.text());
    }
  }

  private void property(String name, String value) {
    element(name, Envelope.escaped(fill.apply(value)));
  }

  private void reference(String name, Addressing.Reference reference) {
    String parameters =
        reference.parameters().stream()
            .map(p -> p.map(fill))
            .map(Xml::text)
            .reduce("", String::concat);
    element(
        name,
        "<wsa:Address>%s</wsa:Address>%s"
            .formatted(
                Envelope.escaped(fill.apply(reference.address())),
                parameters.isEmpty()
                    ? ""
                    : "<wsa:ReferenceParameters>%s</wsa:ReferenceParameters>"
                        .formatted(parameters)));
  }

  private void element(String name, String content) {
    written.append(
        "<wsa:%s xmlns:wsa=\"%s\">%s</wsa:%s>".formatted(name, version.namespace(), content, name));
  }

  @Override
  public String toString() {
    return written.toString();
  }
}
