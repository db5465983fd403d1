package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.wsdl.SoapVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRulesTest {
  private static final String ORDER = element("order", "x");
  private final HostedOrders orders = HostedOrders.start();

  @AfterAll
  void stop() {
    orders.close();
  }

  @BeforeEach
  void forget() {
    orders.door.forget();
    orders.door.answer(Answer.ACCEPTED);
  }

  @Test
  void too_large_a_message_is_refused_before_it_is_read() throws IOException {
    var head = head("Content-Length: 100001\r\n");
    assertThat(raw(head)).startsWith("HTTP/1.1 413 ").contains("larger than 100000 bytes");
  }

  @Test
  void too_large_a_message_of_unknown_length_is_refused_while_it_is_read() {
    var text = bytes(envelope(SoapVersion.SOAP_11, element("order", "x".repeat(200_000))));
    var request =
        orders
            .request(SoapVersion.SOAP_11, text)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text)));
    var response = orders.send(request);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("s:Client", "larger than 100000 bytes");
    assertThat(orders.door.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/json",
        "text/xml; charset=nonsense",
        "text/xml; charset=UTF-7",
        "text/xml; charset=\"?\""
      })
  void another_content_type_or_an_unknown_charset_is_answered_415(String contentType) {
    var request =
        orders
            .request(SoapVersion.SOAP_11, bytes(envelope(SoapVersion.SOAP_11, ORDER)))
            .setHeader("Content-Type", contentType);
    var response = orders.send(request);
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).hasLineCount(1).contains("text/xml or application/soap+xml");
  }

  @Test
  void a_message_cut_off_is_never_taken() throws IOException {
    var text = envelope(SoapVersion.SOAP_11, ORDER);
    var answer = raw(head("Content-Length: 5000\r\n") + text);
    assertThat(answer).doesNotContain("HTTP/1.1 20");
    assertThat(orders.door.taken).isEmpty();
  }

  @Test
  void a_plain_GET_says_what_the_address_is_for() {
    var response = orders.send(HttpRequest.newBuilder(uri("")));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    assertThat(response.body()).contains("POST", orders.address(SoapVersion.SOAP_11) + "?wsdl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
  void other_methods_are_not_allowed(String method) {
    var response =
        orders.send(HttpRequest.newBuilder(uri("?wsdl")).method(method, BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void an_unknown_address_is_answered_404_in_one_line() {
    var response =
        orders.send(HttpRequest.newBuilder(URI.create(orders.base() + "/services/shop/none")));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("There is no service at this address.\n");
  }

  @Test
  void a_schema_path_out_of_the_bundle_is_answered_404() {
    assertThat(orders.send(HttpRequest.newBuilder(uri("?xsd=../../../etc/passwd"))).statusCode())
        .isEqualTo(404);
  }

  @Test
  void what_nobody_expected_is_answered_without_insides() {
    orders.door.script =
        _ -> {
          throw new IllegalStateException("secret");
        };
    var response = orders.post(SoapVersion.SOAP_11, "order", "x");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains("s:Server", "incident")
        .doesNotContain("secret", "Exception");
  }

  private URI uri(String query) {
    return URI.create(orders.address(SoapVersion.SOAP_11) + query);
  }

  private String head(String headers) {
    return "POST /services/shop/Orders11 HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
        + headers
        + "Connection: close\r\n\r\n";
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getByName("localhost"), orders.server.port())) {
      socket.getOutputStream().write(bytes(request));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
