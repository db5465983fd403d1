package dev.parley.soap;

import dev.parley.message.Answer;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.wsdl.SoapVersion;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and faults, related to their request where it had a {@code wsa:MessageID}. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** The reply of an exchange. */
  static final class ReplyWriter extends AbstractPhaseInterceptor<Message> {
    ReplyWriter() {
      super(Phase.WRITE);
    }

    @Override
    public void handleMessage(Message message) {
      var exchange = message.getExchange();
      var received = exchange.get(Received.class);
      var reply = (Answer.Reply) message.getContent(List.class).getFirst();
      var version = received.envelope().version();
      var asked = received.envelope().addressing();
      var addressing = related(asked, asked.back(false), Actions.reply(received.operation()));
      var header = new Header(addressing, reply.blocks());
      send(message, version, 200, EnvelopeWriter.write(version, header, reply.body()));
    }
  }

  /** The fault of an exchange, or of a request that never became one. */
  static final class FaultWriter extends AbstractPhaseInterceptor<Message> {
    private final SoapVersion version;

    FaultWriter(SoapVersion version) {
      super(Phase.WRITE);
      this.version = version;
    }

    @Override
    public void handleMessage(Message message) {
      var fault = fault(message.getContent(Exception.class));
      // Who sent another version understands this one (SOAP 1.2 Part 1, appendix A).
      var answered =
          fault.code() == WireFault.Code.VERSION_MISMATCH ? SoapVersion.SOAP_11 : version;
      int status = fault.status(answered);
      if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
        headers(message).put("Retry-After", List.of("1"));
      }
      var header = new Header(related(message.getExchange()), List.of());
      send(message, answered, status, EnvelopeWriter.write(answered, header, fault));
    }

    private static Addressing related(Exchange exchange) {
      @Nullable Envelope request = exchange.get(Envelope.class);
      if (request == null) {
        return Addressing.NONE;
      }
      var asked = request.addressing();
      @Nullable Fault fault = exchange.get(Fault.class);
      @Nullable Received received = exchange.get(Received.class);
      String action =
          fault == null || received == null
              ? asked.version().faultAction()
              : Actions.of(received.operation(), fault, asked.version());
      return Answers.related(asked, asked.back(true), action);
    }

    private static WireFault fault(@Nullable Exception problem) {
      @Nullable Refusal refusal = Refusal.in(problem);
      if (refusal != null) {
        return refusal.fault();
      }
      String incident = UUID.randomUUID().toString();
      LOG.error("Incident {}: a SOAP request could not be processed", incident, problem);
      return Faults.unexpected(incident);
    }
  }

  private static Addressing related(Addressing asked, EndpointReference to, String action) {
    if (asked.messageId() == null) {
      return Addressing.NONE;
    }
    String id = "urn:uuid:" + UUID.randomUUID();
    return new Addressing(asked.version(), id, asked.messageId(), to, null, null, action);
  }

  private static void send(Message message, SoapVersion version, int status, byte[] envelope) {
    message.put(Message.RESPONSE_CODE, status);
    message.put(Message.CONTENT_TYPE, Soap.contentType(version));
    headers(message).put("Content-Length", List.of(String.valueOf(envelope.length)));
    try {
      message.getContent(OutputStream.class).write(envelope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> headers(Message message) {
    return (Map<String, List<String>>)
        message.computeIfAbsent(Message.PROTOCOL_HEADERS, _ -> new TreeMap<String, List<String>>());
  }
}
