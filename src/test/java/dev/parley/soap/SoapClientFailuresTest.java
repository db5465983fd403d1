package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoapClientFailuresTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String RECEIPT = "<o:receipt xmlns:o='urn:order'>7</o:receipt>";

  private final SoapClient client = new SoapClient(100_000);
  private ScriptedPartner partner = new ScriptedPartner();

  @BeforeEach
  void freshPartner() {
    partner.close();
    partner = new ScriptedPartner();
  }

  @AfterEach
  void closePartner() {
    partner.close();
  }

  @AfterAll
  void stop() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "500,true",
    "502,true",
    "503,true",
    "408,true",
    "429,true",
    "400,false",
    "401,false",
    "403,false",
    "404,false",
    "413,false",
    "301,false",
    "302,false",
    "307,false"
  })
  void a_status_without_a_fault_says_whether_a_repetition_is_worth_it(int status, boolean worth) {
    partner.answers(status, "<html>no</html>");
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, worth);
    assertFailed(send(SoapVersion.SOAP_11, "note", LONG), false, worth);
  }

  @Test
  void a_failure_without_an_entity_is_no_reply() {
    partner.answers(500, "");
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, true);
  }

  @Test
  void a_normal_envelope_with_status_500_is_no_reply() {
    partner.answers(500, envelope(SoapVersion.SOAP_11, RECEIPT));
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, true);
  }

  @Test
  void a_fault_with_status_503_asks_for_a_repetition() {
    partner.answers(503, envelope(SoapVersion.SOAP_11, fault(SoapVersion.SOAP_11, "Server", "")));
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, true);
  }

  @Test
  void a_page_with_status_200_is_no_reply_but_acknowledges_a_one_way_message() {
    partner.answers(200, "<html>hello<br></html>");
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, true);
    assertThat(send(SoapVersion.SOAP_11, "note", LONG)).isEqualTo(Attempt.ACKNOWLEDGED);
  }

  @Test
  void a_reply_larger_than_allowed_is_no_reply() {
    partner.answers(200, envelope(SoapVersion.SOAP_11, "<a>" + "x".repeat(100_000) + "</a>"));
    assertFailed(send(SoapVersion.SOAP_11, "submit", LONG), false, true);
  }

  @Test
  void a_refused_connection_was_surely_not_sent() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var address = "http://localhost:" + port + "/";
    assertFailed(
        client.send(consignment(SoapVersion.SOAP_11, "submit", address, LONG)), true, true);
  }

  @Test
  void an_unknown_host_was_surely_not_sent() {
    var address = "http://no-such-host.invalid/";
    assertFailed(
        client.send(consignment(SoapVersion.SOAP_11, "submit", address, LONG)), true, true);
  }

  @Test
  void an_address_that_is_none_is_not_worth_a_repetition() {
    assertFailed(
        client.send(consignment(SoapVersion.SOAP_11, "submit", "http://a b/", LONG)), true, false);
  }

  @Test
  void no_answer_in_time_leaves_a_doubt() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var address = "http://localhost:" + silent.getLocalPort() + "/";
      assertFailed(
          client.send(consignment(SoapVersion.SOAP_11, "submit", address, SHORT)), false, true);
    }
  }

  @Test
  void an_answer_that_stalls_leaves_a_doubt() {
    try (var raw =
        new RawPartner(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<s:", false)) {
      assertFailed(
          client.send(consignment(SoapVersion.SOAP_11, "submit", raw.address(), SHORT)),
          false,
          true);
    }
  }

  @Test
  void an_answer_cut_off_leaves_a_doubt() {
    try (var raw =
        new RawPartner(
            "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<s:", true)) {
      assertFailed(
          client.send(consignment(SoapVersion.SOAP_11, "submit", raw.address(), LONG)),
          false,
          true);
    }
  }

  @Test
  void a_connection_that_closes_without_an_answer_leaves_a_doubt() {
    try (var raw = new RawPartner("", true)) {
      assertFailed(
          client.send(consignment(SoapVersion.SOAP_11, "submit", raw.address(), LONG)),
          false,
          true);
    }
  }

  private Attempt send(SoapVersion version, String operation, Duration timeout) {
    return client.send(consignment(version, operation, partner.address(), timeout));
  }

  private static Consignment consignment(
      SoapVersion version, String name, String endpoint, Duration timeout) {
    var operation = Orders.operation(name);
    var body =
        switch (name) {
          case "submit" -> Body.of(element("order", "x"));
          case "note" -> Body.of(element("note", "x"));
          default -> Body.EMPTY;
        };
    var message =
        new Message(
            new MessageId(1), "shop", operation.name(), MessageKind.INPUT, body, Headers.NONE, "");
    return new Consignment(
        message, Orders.port(version), operation, endpoint, "urn:id:1", timeout, null, false);
  }

  private static String fault(SoapVersion version, String code, String detail) {
    return version == SoapVersion.SOAP_11
        ? "<s:Fault><faultcode>s:%s</faultcode><faultstring>no</faultstring><detail>%s</detail></s:Fault>"
            .formatted(code, detail)
        : "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang='en'>no</s:Text></s:Reason><s:Detail>%s</s:Detail></s:Fault>"
            .formatted(detail);
  }

  private static void assertFailed(Attempt attempt, boolean surelyNotSent, boolean worthRetrying) {
    assertThat(attempt).isInstanceOf(Attempt.Failed.class);
    var failed = (Attempt.Failed) attempt;
    assertThat(failed).isEqualTo(new Attempt.Failed(failed.reason(), surelyNotSent, worthRetrying));
    assertThat(failed.reason()).isNotBlank().doesNotContain("null");
  }
}
