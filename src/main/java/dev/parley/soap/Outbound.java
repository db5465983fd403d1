package dev.parley.soap;

import dev.parley.delivery.Consignment;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.wsdl.SoapVersion;
import org.jspecify.annotations.Nullable;

/** Messages as they are sent: any of an operation's messages, whichever way round. */
final class Outbound {
  private Outbound() {}

  static byte[] envelope(Consignment consignment, SoapVersion version) {
    var headers = consignment.message().headers();
    var header = new Header(addressing(consignment), headers.blocks());
    @Nullable Fault fault = consignment.fault();
    return fault == null
        ? EnvelopeWriter.write(version, header, consignment.message().body())
        : EnvelopeWriter.write(version, header, WireFault.of(fault, subject(consignment)));
  }

  /**
   * The action of the HTTP binding: what the WSDL says of an operation's first message, for others
   * the same as {@code wsa:Action} (WS-Addressing 1.0 SOAP Binding, section 2.4).
   */
  static String soapAction(Consignment consignment) {
    return begins(consignment) ? bound(consignment) : action(consignment);
  }

  /** Whether this is the message that begins its exchange. */
  static boolean begins(Consignment consignment) {
    return consignment.message().kind() == consignment.operation().pattern().first();
  }

  /** Whether something may come back besides an acknowledgement. */
  static Second expects(Consignment consignment) {
    return begins(consignment) ? consignment.operation().pattern().second() : Second.NONE;
  }

  private static Addressing addressing(Consignment consignment) {
    var headers = consignment.message().headers();
    @Nullable EndpointReference given = headers.to();
    return new Addressing(
        version(headers),
        consignment.wireId(),
        headers.relatesTo(),
        given == null ? EndpointReference.of(consignment.endpoint()) : given,
        null,
        null,
        begins(consignment)
            ? Actions.first(consignment.operation(), bound(consignment))
            : action(consignment));
  }

  private static AddressingVersion version(Headers headers) {
    var via = headers.via();
    return via != null && via.submission() ? AddressingVersion.SUBMISSION : AddressingVersion.CORE;
  }

  /** As the binding says; empty where it says nothing. */
  private static String bound(Consignment consignment) {
    var actions = SoapClient.port(consignment).port().soapActions();
    return actions.getOrDefault(consignment.operation().name().operation(), "");
  }

  private static String action(Consignment consignment) {
    var operation = consignment.operation();
    @Nullable Fault fault = consignment.fault();
    return fault == null
        ? Actions.of(operation, consignment.message().kind())
        : Actions.of(operation, fault, version(consignment.message().headers()));
  }

  private static WireFault.Subject subject(Consignment consignment) {
    return new WireFault.Subject(
        consignment.message().process(), consignment.operation().name().operation(), null);
  }
}
