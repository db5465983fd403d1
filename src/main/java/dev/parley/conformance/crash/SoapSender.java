package dev.parley.conformance.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** Sends messages to the gateway over HTTP, once each time it is asked to. */
final class SoapSender implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  SoapSender(int port) {
    address = URI.create("http://127.0.0.1:" + port + "/services/audit/audit");
  }

  /** What the sender knows after one attempt. */
  sealed interface Outcome {
    record Acknowledged(int status, String detail) implements Outcome {}

    record Refused(int status, String fault) implements Outcome {}

    record Unknown(String reason) implements Outcome {}
  }

  /**
   * One attempt.
   *
   * @param steps how many steps the conversation will have
   */
  Outcome send(Sent sent, int steps) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", "\"urn:parley:audit:" + name(sent) + "\"")
            .header("Idempotency-Key", sent.idempotencyKey())
            .POST(BodyPublishers.ofString(envelope(sent, steps)))
            .build();
    try {
      return judge(sent, client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException | XMLStreamException e) {
      return new Outcome.Unknown(e.toString());
    }
  }

  private static Outcome judge(Sent sent, HttpResponse<byte[]> response) throws XMLStreamException {
    int status = response.statusCode();
    if (status >= 300) {
      return new Outcome.Refused(status, fault(response.body()));
    }
    if (sent.operation() != Sent.Operation.CLOSE) {
      return new Outcome.Acknowledged(status, "");
    }
    var reply = Leaves.read(new ByteArrayInputStream(response.body()));
    return new Outcome.Acknowledged(
        status,
        Stream.concat(Stream.of(reply.first("key")), reply.all("consumed").stream())
            .collect(Collectors.joining(" ")));
  }

  private static String fault(byte[] body) {
    try {
      var fault = Leaves.read(new ByteArrayInputStream(body));
      return fault.first("faultcode") + " " + fault.first("faultstring");
    } catch (XMLStreamException e) {
      return "no SOAP fault";
    }
  }

  private static String name(Sent sent) {
    return sent.operation().name().toLowerCase(Locale.ROOT);
  }

  private static String envelope(Sent sent, int steps) {
    String rest =
        switch (sent.operation()) {
          case OPEN -> "<steps>" + steps + "</steps>";
          case STEP -> "<sequence>" + sent.sequence() + "</sequence>";
          case CLOSE -> "";
        };
    return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><"
        + "%1$s xmlns=\"urn:parley:audit\"><key>%2$s</key>%3$s</%1$s></s:Body></s:Envelope>"
            .formatted(name(sent), sent.key(), rest);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
