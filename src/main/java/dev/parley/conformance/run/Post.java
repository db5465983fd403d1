package dev.parley.conformance.run;

import dev.parley.conformance.language.Addressing;
import dev.parley.conformance.language.Contracts;
import dev.parley.conformance.language.Letter;
import dev.parley.conformance.language.Payload;
import dev.parley.conformance.language.Xml;
import dev.parley.soap.SoapHosting;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Sends what a case writes over real HTTP. */
final class Post {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final VirtualTime time;

  Post(VirtualTime time) {
    this.time = time;
  }

  /**
   * What goes over the wire.
   *
   * @param way where it goes
   * @param fill fills placeholders
   */
  static Sent write(String id, Letter.Soap letter, Way way, UnaryOperator<String> fill) {
    var port = way.target().port();
    var version =
        letter
            .soap()
            .map(s -> s.equals("1.2") ? SoapVersion.SOAP_12 : SoapVersion.SOAP_11)
            .orElse(port.port().soapVersion());
    String action = port.port().soapActions().getOrDefault(letter.name(), "");
    var messageId = messageId(letter.addressing(), fill);
    var body = letter.body().map(b -> b.map(fill));
    var head =
        new HeadWriter(version, letter.addressing().version(), fill)
            .addressing(letter.addressing(), messageId, way.to(), action)
            .blocks(letter.blocks());
    String entity =
        letter
            .text()
            .map(fill)
            .orElseGet(
                () -> Envelope.write(version, head.toString(), body.map(Xml::text).orElse("")));
    var request = HttpRequest.newBuilder(way.address()).POST(BodyPublishers.ofString(entity));
    headers(letter, version, action).forEach((n, value) -> request.header(n, fill.apply(value)));
    return new Sent(id, letter.name(), messageId, body.map(Payload.OfXml::new), request.build());
  }

  /** An answer that comes by itself needs an id to relate to. */
  private static Optional<String> messageId(Addressing addressing, UnaryOperator<String> fill) {
    return addressing
        .messageId()
        .map(fill)
        .or(
            () ->
                addressing.expectsAnswer()
                    ? Optional.of("urn:uuid:" + UUID.randomUUID())
                    : Optional.empty());
  }

  /**
   * Where a message goes.
   *
   * @param base scheme, host and port of the gateway
   * @param to an endpoint reference; empty: where the process is hosted
   */
  record Way(Contracts.Target target, URI base, Optional<Kept> to) {
    URI address() {
      return to.map(t -> URI.create(t.address()))
          .orElseGet(() -> base.resolve(SoapHosting.path(target.port())));
    }
  }

  private static Map<String, String> headers(
      Letter.Soap letter, SoapVersion version, String action) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", contentType(version, action));
    if (version == SoapVersion.SOAP_11) {
      headers.put("SOAPAction", "\"" + action + "\"");
    }
    headers.putAll(letter.headers());
    return headers;
  }

  private static String contentType(SoapVersion version, String action) {
    boolean inType = version == SoapVersion.SOAP_12 && !action.isEmpty();
    return Envelope.contentType(version) + (inType ? "; action=\"" + action + "\"" : "");
  }

  /** On its way; the sender is told later. */
  void send(Sent sent, Runnable told) {
    time.begin();
    var flight = CLIENT.sendAsync(sent.request(), BodyHandlers.ofByteArray());
    // Its work was over when it began to wait; what its end brings is work again.
    sent.onHangUp(
        () -> {
          time.begin();
          flight.cancel(true);
        });
    var _ =
        flight.handle(
            (response, problem) -> {
              sent.tell(
                  problem == null
                      ? response(response)
                      : new Sent.Outcome.Broken(String.valueOf(problem.getMessage())));
              told.run();
              time.end();
              return sent;
            });
  }

  private static Sent.Outcome response(HttpResponse<byte[]> response) {
    return new Sent.Outcome.Response(
        response.statusCode(),
        new String(response.body(), StandardCharsets.UTF_8),
        Optional.of(response.body()).flatMap(Envelope::parse));
  }
}
