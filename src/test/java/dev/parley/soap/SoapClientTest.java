package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.SoapVersion;
import java.time.Duration;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoapClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
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

  @Test
  void it_carries_http_and_nothing_else() {
    assertThat(client.carries("http://a/b")).isTrue();
    assertThat(client.carries("HTTPS://a/b")).isTrue();
    assertThat(client.carries("jms:queue:a")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void a_request_has_body_action_and_message_id_and_its_reply_comes_back(SoapVersion version) {
    partner.answers(200, envelope(version, RECEIPT));
    var attempt = send(version, "submit", LONG);
    assertReplied(attempt, RECEIPT);
    HostingTest.assertSame(
        envelope(
            version,
            "<wsa:MessageID>urn:id:1</wsa:MessageID><wsa:To>%s</wsa:To><wsa:Action>urn:order:submit</wsa:Action>"
                .formatted(partner.address()),
            element("order", "x")),
        partner.request());
    boolean old = version == SoapVersion.SOAP_11;
    assertThat(partner.header("SOAPAction")).isEqualTo(old ? "\"urn:order:submit\"" : "");
    assertThat(partner.header("Content-Type"))
        .isEqualTo(
            old
                ? "text/xml; charset=UTF-8"
                : "application/soap+xml; charset=UTF-8; action=\"urn:order:submit\"");
    assertThat(partner.header("Upgrade")).isEmpty();
    assertThat(partner.header("Content-Length")).isNotEmpty();
  }

  @Test
  void one_client_serves_several_partners() {
    try (var other = new ScriptedPartner()) {
      other.answers(200, envelope(SoapVersion.SOAP_11, "<other/>"));
      partner.answers(200, envelope(SoapVersion.SOAP_11, RECEIPT));
      assertReplied(send(SoapVersion.SOAP_11, "submit", LONG), RECEIPT);
      assertReplied(
          client.send(consignment(SoapVersion.SOAP_11, "submit", other.address(), LONG)),
          "<other/>");
      assertReplied(send(SoapVersion.SOAP_11, "submit", LONG), RECEIPT);
    }
  }

  @Test
  void a_reply_with_an_empty_body_is_an_empty_reply() {
    partner.answers(200, envelope(SoapVersion.SOAP_11, ""));
    assertThat(send(SoapVersion.SOAP_11, "ping", LONG)).isEqualTo(new Attempt.Replied(Body.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void a_success_without_an_entity_acknowledges_what_needs_no_reply(int status) {
    partner.answers(status, "");
    assertThat(send(SoapVersion.SOAP_11, "note", LONG)).isEqualTo(Attempt.ACKNOWLEDGED);
    var failed = (Attempt.Failed) send(SoapVersion.SOAP_11, "submit", LONG);
    assertThat(failed.reason()).contains("without the reply that the operation's pattern requires");
    assertThat(failed.surelyNotSent()).isFalse();
    assertThat(failed.worthRetrying()).isFalse();
  }

  @Test
  void an_envelope_that_answers_a_one_way_message_is_an_acknowledgement() {
    partner.answers(200, envelope(SoapVersion.SOAP_11, ""));
    assertThat(send(SoapVersion.SOAP_11, "note", LONG)).isEqualTo(Attempt.ACKNOWLEDGED);
  }

  @ParameterizedTest
  @CsvSource({"SOAP_11,500", "SOAP_12,500", "SOAP_12,400", "SOAP_11,200", "SOAP_12,502"})
  void a_declared_fault_is_known_by_its_detail(SoapVersion version, int status) {
    var detail = "<o:outOfStock xmlns:o='urn:order'>7</o:outOfStock>";
    partner.answers(status, envelope(version, fault(version, "Server", detail)));
    var attempt = send(version, "submit", LONG);
    assertThat(attempt).isInstanceOf(Attempt.Faulted.class);
    var declared = (Fault.Declared) ((Attempt.Faulted) attempt).fault();
    assertThat(declared.name()).isEqualTo(new QName("urn:order", "OutOfStock"));
    assertThat(declared.reason()).isEqualTo("no");
    HostingTest.assertSame(detail, declared.detail().toString());
  }

  @ParameterizedTest
  @EnumSource
  void any_other_fault_is_undeclared_with_code_reason_and_detail(SoapVersion version) {
    partner.answers(500, envelope(version, fault(version, "Server", "<x xmlns='urn:x'/>")));
    var attempt = (Attempt.Faulted) send(version, "submit", LONG);
    var fault = (Fault.Undeclared) attempt.fault();
    assertThat(fault.code())
        .isEqualTo(
            new QName(version.namespace(), version == SoapVersion.SOAP_11 ? "Server" : "Receiver"));
    assertThat(fault.reason()).isEqualTo("no");
    HostingTest.assertSame("<x xmlns='urn:x'/>", fault.detail().toString());
  }

  @Test
  void a_fault_that_answers_a_one_way_message_is_a_fault() {
    partner.answers(500, envelope(SoapVersion.SOAP_11, fault(SoapVersion.SOAP_11, "Client", "")));
    assertThat(send(SoapVersion.SOAP_11, "note", LONG)).isInstanceOf(Attempt.Faulted.class);
  }

  @ParameterizedTest
  @EnumSource
  void it_understands_what_our_own_services_answer(SoapVersion version) {
    try (var orders = HostedOrders.start()) {
      var detail = Body.of("<o:outOfStock xmlns:o=\"urn:order\">7</o:outOfStock>");
      var fault = new Fault.Declared(new QName("urn:order", "OutOfStock"), detail, "none left");
      orders.door.answer(new Answer.Faulted(fault));
      var attempt =
          (Attempt.Faulted)
              client.send(consignment(version, "submit", orders.address(version), LONG));
      var received = (Fault.Declared) attempt.fault();
      assertThat(received.name()).isEqualTo(fault.name());
      HostingTest.assertSame(detail.toString(), received.detail().toString());
      assertThat(orders.door.taken.getFirst().headers().messageId()).isEqualTo("urn:id:1");
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

  private static void assertReplied(Attempt attempt, String body) {
    assertThat(attempt).isInstanceOf(Attempt.Replied.class);
    HostingTest.assertSame(body, ((Attempt.Replied) attempt).body().toString());
  }
}
