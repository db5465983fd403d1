package dev.parley.soap;

import ch.qos.logback.classic.Level;
import dev.parley.delivery.ReplyAddresses;
import dev.parley.deployment.ServicePort;
import dev.parley.server.HttpServer;
import dev.parley.turn.Time;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order service over real HTTP, in both SOAP versions. */
final class HostedOrders implements AutoCloseable {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
  }

  final ScriptedDoor door = new ScriptedDoor();
  final SoapHosting hosting;
  final HttpServer server;

  HostedOrders(SoapSettings settings) {
    this(settings, List.of(Orders.port(SoapVersion.SOAP_11), Orders.port(SoapVersion.SOAP_12)));
  }

  HostedOrders(SoapSettings settings, List<ServicePort> ports) {
    hosting = new SoapHosting(settings, door, Time.REAL);
    server = new HttpServer("localhost", 0, List.of(hosting.handler()));
    server.start();
    hosting.host(ports);
  }

  static SoapSettings settings(Duration replyWithin) {
    return new SoapSettings(null, 100_000, false, replyWithin, ReplyAddresses.NONE);
  }

  static HostedOrders start() {
    return new HostedOrders(settings(Duration.ofSeconds(30)));
  }

  String address(SoapVersion version) {
    return base()
        + (version == SoapVersion.SOAP_11 ? "/services/shop/Orders11" : "/services/shop/Orders12");
  }

  String base() {
    return "http://localhost:" + server.port();
  }

  static String envelope(SoapVersion version, String body) {
    return envelope(version, "", body);
  }

  static String envelope(SoapVersion version, String headers, String body) {
    return "<s:Envelope xmlns:s='%s' xmlns:wsa='%s'>%s<s:Body>%s</s:Body></s:Envelope>"
        .formatted(
            version.namespace(),
            AddressingVersion.CORE.namespace(),
            headers.isEmpty() ? "" : "<s:Header>" + headers + "</s:Header>",
            body);
  }

  static String element(String name, String text) {
    return "<o:%s xmlns:o='urn:order'>%s</o:%s>".formatted(name, text, name);
  }

  HttpRequest.Builder request(SoapVersion version, byte[] entity) {
    return HttpRequest.newBuilder(URI.create(address(version)))
        .header(
            "Content-Type",
            version == SoapVersion.SOAP_11 ? "text/xml; charset=UTF-8" : "application/soap+xml")
        .POST(BodyPublishers.ofByteArray(entity));
  }

  HttpResponse<String> post(SoapVersion version, String entity) {
    return send(request(version, entity.getBytes(StandardCharsets.UTF_8)));
  }

  HttpResponse<String> post(SoapVersion version, String element, String text) {
    return post(version, envelope(version, element(element, text)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    hosting.close();
  }
}
