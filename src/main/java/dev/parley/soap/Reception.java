package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.message.EndpointReference;
import dev.parley.message.Exchange;
import dev.parley.message.FaultKind;
import dev.parley.wsdl.SchemaSet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.apache.cxf.io.DelegatingInputStream;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.jspecify.annotations.Nullable;

/** Reads a request to its end and finds its operation, before anything is done about it. */
final class Reception extends AbstractPhaseInterceptor<Message> {
  private static final int VIOLATIONS = 5;

  private final ServicePort port;
  private final OperationResolver resolver;
  private final SoapSettings settings;
  private final Understood understood;

  Reception(ServicePort port, SoapSettings settings) {
    super(Phase.READ);
    this.port = port;
    this.understood = Understood.by(port);
    this.resolver = new OperationResolver(port, port.operations());
    this.settings = settings;
  }

  @Override
  public void handleMessage(Message message) {
    var http =
        (HttpServletRequest)
            Objects.requireNonNull(message.get(AbstractHTTPDestination.HTTP_REQUEST));
    var request = Request.of(http);
    var in = new LimitedInput(message.getContent(InputStream.class), settings.maxMessageBytes());
    var source = new XmlSource(in, request.charset(), port.process());
    @Nullable SchemaSet schemas = settings.validate() ? port.schemas() : null;
    var envelope =
        EnvelopeReader.readRequest(source, port.port().soapVersion(), schemas, understood);
    // There is nothing left that would have to be kept or consumed before the answer.
    message.removeContent(InputStream.class);
    message.removeContent(DelegatingInputStream.class);
    // Known before the checks, so that a refusal is related to its request.
    message.getExchange().put(Envelope.class, envelope);
    var operation = resolver.resolve(envelope, request.action());
    @Nullable String key = http.getHeader("Idempotency-Key");
    var received = new Received(port, operation, envelope, key);
    checkReplyAddresses(received);
    if (settings.validate() && !envelope.surelyValid()) {
      validate(received);
    }
    message.getExchange().put(Received.class, received);
    message.setContent(List.class, List.of(received));
  }

  private void checkReplyAddresses(Received received) {
    var addressing = received.envelope().addressing();
    if (!addressing.isDecoupled()) {
      return;
    }
    checkReplyAddress(received, "ReplyTo", addressing.replyTo());
    checkReplyAddress(received, "FaultTo", addressing.faultTo());
    boolean answered = Exchange.begun(received.operation().pattern()).isOpen();
    if (answered && addressing.messageId() == null) {
      throw Faults.refusal(
          FaultKind.INVALID_MESSAGE,
          "Expected a wsa:MessageID, which the answer to another address would be related to, but"
              + " found none.",
          "Send a wsa:MessageID, or let the answer come back on the connection.",
          received.subject(null));
    }
  }

  private void checkReplyAddress(
      Received received, String header, @Nullable EndpointReference reference) {
    if (reference == null
        || !reference.isElsewhere()
        || settings.replyAddresses().allows(reference.address())) {
      return;
    }
    throw Faults.refusal(
        FaultKind.INVALID_MESSAGE,
        "Expected wsa:%s to be the anonymous address, or one that this gateway's configuration key replyAddresses allows, but found '%s'."
            .formatted(header, reference.address()),
        "Leave the header out, or ask the gateway's operator to allow the address.",
        received.subject(null));
  }

  private void validate(Received received) {
    var violations = port.schemas().violations(received.envelope().body());
    if (!violations.isEmpty()) {
      String first =
          String.join(" ", violations.subList(0, Math.min(VIOLATIONS, violations.size())));
      String more =
          violations.size() > VIOLATIONS
              ? " And %d more.".formatted(violations.size() - VIOLATIONS)
              : "";
      throw Faults.refusal(
          FaultKind.INVALID_MESSAGE,
          "The body does not fit its schema. " + first + more,
          "Correct the message; the service's WSDL has the schema.",
          received.subject(null));
    }
  }
}
