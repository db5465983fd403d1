package dev.parley.soap;

import static dev.parley.soap.HostedOrders.envelope;
import static dev.parley.soap.Market.element;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.deployment.ServicePort;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.SoapVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any of an operation's messages, sent by whoever has to send it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboundTest {
  private static final Fault DECLARED =
      new Fault.Declared(new QName(Market.NAMESPACE, "Refused"), Body.of(element("refused")), "no");
  private final SoapClient client = new SoapClient(100_000);
  private final ScriptedPartner partner = new ScriptedPartner();
  private final ServicePort port = Market.port();

  @AfterEach
  void forget() {
    partner.answers(202, "");
  }

  @AfterAll
  void stop() {
    client.close();
    partner.close();
  }

  @ParameterizedTest
  @CsvSource({
    "price,http://market.example/price,http://market.example/price",
    "recall,'',http://market.example/Market/recall",
    "hint,http://market.example/hint,http://market.example/hint",
  })
  void a_first_message_has_the_action_of_its_contract(
      String name, String soapAction, String action) {
    assertThat(send(name, MessageKind.OUTPUT, Headers.NONE, null)).isEqualTo(Attempt.ACKNOWLEDGED);
    assertThat(partner.header("SOAPAction")).isEqualTo("\"" + soapAction + "\"");
    assertThat(partner.request()).contains("<wsa:Action>" + action + "</wsa:Action>");
  }

  @Test
  void a_solicit_response_brings_its_input_back() {
    partner.answers(200, envelope(SoapVersion.SOAP_11, element("bid")));
    var replied = (Attempt.Replied) send("offer", MessageKind.OUTPUT, Headers.NONE, null);
    assertThat(replied.body().toString()).contains("bid");
    assertThat(partner.request()).contains("Market/offerSolicit</wsa:Action>");
  }

  @Test
  void a_reply_goes_to_an_address_with_its_parameters_and_relates_to_its_request() {
    var parameters =
        List.of(
            Body.of("<p:a xmlns:p=\"urn:p\" b=\"/>\">1</p:a>"),
            Body.of("<c xmlns:ref=\"urn:x\"/>"));
    var to = new EndpointReference(partner.address(), parameters);
    var block = Body.of("<h:t xmlns:h=\"urn:h\">7</h:t>");
    assertThat(send("offer", MessageKind.INPUT, headers(to, false, List.of(block)), null))
        .isEqualTo(Attempt.ACKNOWLEDGED);
    HostingTest.assertSame(
        envelope(
            SoapVersion.SOAP_11,
            "<wsa:MessageID>urn:id:1</wsa:MessageID><wsa:RelatesTo>urn:asked</wsa:RelatesTo><wsa:To>%s</wsa:To><p:a xmlns:p='urn:p' b='/>' wsa:IsReferenceParameter='true'>1</p:a><c wsa:IsReferenceParameter='true'/><wsa:Action>http://market.example/Market/offerResponse</wsa:Action><h:t xmlns:h='urn:h'>7</h:t>"
                .formatted(partner.address()),
            element("bid")),
        partner.request());
    assertThat(partner.header("SOAPAction"))
        .isEqualTo("\"http://market.example/Market/offerResponse\"");
  }

  @Test
  void a_reply_speaks_the_addressing_of_its_request() {
    var to = new EndpointReference(partner.address(), List.of(Body.of("<a/>")));
    send("offer", MessageKind.INPUT, headers(to, true, List.of()), null);
    assertThat(partner.request())
        .contains("xmlns:wsa=\"" + AddressingVersion.SUBMISSION.namespace() + "\"", "<a/>")
        .doesNotContain("IsReferenceParameter");
  }

  @Test
  void a_fault_is_a_message_with_the_action_of_a_fault() {
    var to = EndpointReference.of(partner.address());
    assertThat(send("offer", MessageKind.FAULT, headers(to, false, List.of()), DECLARED))
        .isEqualTo(Attempt.ACKNOWLEDGED);
    assertThat(partner.request())
        .contains("<s:Fault>", element("refused"), "Market/offer/Fault/Refused</wsa:Action>");
    var own = Fault.of(FaultKind.MISSING_REPLY, "None came.", "Ask.");
    send("offer", MessageKind.FAULT, headers(to, false, List.of()), own);
    assertThat(partner.request())
        .contains("<f:MissingReply", "<f:operation>offer<", AddressingVersion.CORE.faultAction());
  }

  @Test
  void an_answer_is_delivered_whatever_success_says() {
    var headers = headers(EndpointReference.of(partner.address()), false, List.of());
    for (String entity : List.of("", envelope(SoapVersion.SOAP_11, element("bid")), "<html/>")) {
      partner.answers(200, entity);
      assertThat(send("offer", MessageKind.INPUT, headers, null)).isEqualTo(Attempt.ACKNOWLEDGED);
    }
    partner.answers(500, envelope(SoapVersion.SOAP_11, fault()));
    assertThat(send("offer", MessageKind.INPUT, headers, null)).isInstanceOf(Attempt.Faulted.class);
  }

  @Test
  void an_answer_whose_port_is_gone_cannot_be_written() {
    var attempt = client.send(consignment("offer", MessageKind.INPUT, Headers.NONE, null, null));
    var failed = (Attempt.Failed) attempt;
    assertThat(failed.reason()).contains("not deployed any more");
    assertThat(failed.surelyNotSent()).isTrue();
    assertThat(failed.worthRetrying()).isFalse();
  }

  @Test
  void a_fault_may_answer_a_robust_message_and_nothing_acknowledges_it() {
    partner.answers(500, envelope(SoapVersion.SOAP_11, fault()));
    for (var kind : List.of(MessageKind.INPUT, MessageKind.OUTPUT)) {
      var name = kind == MessageKind.INPUT ? "order" : "recall";
      var attempt = (Attempt.Faulted) send(name, kind, Headers.NONE, null);
      assertThat(attempt.fault()).isInstanceOf(Fault.Declared.class);
    }
    partner.answers(200, "");
    assertThat(send("order", MessageKind.INPUT, Headers.NONE, null))
        .isEqualTo(Attempt.ACKNOWLEDGED);
  }

  @Test
  void an_optional_reply_may_be_there_or_not() {
    partner.answers(200, envelope(SoapVersion.SOAP_11, element("bid")));
    assertThat(send("hint", MessageKind.OUTPUT, Headers.NONE, null))
        .isInstanceOf(Attempt.Replied.class);
    for (String entity : List.of("", envelope(SoapVersion.SOAP_11, ""))) {
      partner.answers(200, entity);
      assertThat(send("hint", MessageKind.OUTPUT, Headers.NONE, null))
          .isEqualTo(Attempt.ACKNOWLEDGED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202})
  void a_required_reply_that_is_missing_is_a_failure(int status) {
    partner.answers(status, "");
    assertFailed(send("offer", MessageKind.OUTPUT, Headers.NONE, null), "without the reply");
  }

  @Test
  void header_blocks_of_a_reply_come_back_with_it() {
    var blocks = "<x:a xmlns:x='urn:x'/><p:b xmlns:p='urn:parley:1' s:mustUnderstand='1'/>";
    partner.answers(200, envelope(SoapVersion.SOAP_11, blocks, element("bid")));
    var replied = (Attempt.Replied) send("offer", MessageKind.OUTPUT, Headers.NONE, null);
    assertThat(replied.blocks()).hasSize(2);
    assertThat(replied.blocks().getFirst().toString()).startsWith("<x:a");
  }

  @Test
  void a_reply_that_must_be_understood_and_is_not_is_a_failure() {
    var block = "<x:a xmlns:x='urn:x' s:mustUnderstand='1'/>";
    partner.answers(200, envelope(SoapVersion.SOAP_11, block, element("bid")));
    assertFailed(send("offer", MessageKind.OUTPUT, Headers.NONE, null), "{urn:x}a");
  }

  private static void assertFailed(Attempt attempt, String reason) {
    var failed = (Attempt.Failed) attempt;
    assertThat(failed.reason()).contains(reason);
    assertThat(failed.surelyNotSent()).isFalse();
    assertThat(failed.worthRetrying()).isFalse();
  }

  private static Headers headers(EndpointReference to, boolean submission, List<Body> blocks) {
    var via = new Headers.Via("Market", submission);
    return new Headers(null, "urn:asked", to, null, null, null, Map.of(), via, blocks);
  }

  private Attempt send(String name, MessageKind kind, Headers headers, @Nullable Fault fault) {
    return client.send(consignment(name, kind, headers, fault, port));
  }

  private Consignment consignment(
      String name,
      MessageKind kind,
      Headers headers,
      @Nullable Fault fault,
      @Nullable ServicePort by) {
    var operation = Market.operation(name);
    var message =
        new Message(
            new MessageId(1), "buyer", operation.name(), kind, body(operation, kind), headers, "");
    return new Consignment(
        message,
        by,
        operation,
        partner.address(),
        "urn:id:1",
        Duration.ofSeconds(20),
        fault,
        false);
  }

  private static Body body(Operation operation, MessageKind kind) {
    var type = kind == MessageKind.INPUT ? operation.input() : operation.output();
    @Nullable QName element = type == null || kind == MessageKind.FAULT ? null : type.element();
    return element == null ? Body.EMPTY : Body.of(element(element.getLocalPart()));
  }

  private static String fault() {
    return "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>%s</detail></s:Fault>"
        .formatted(element("refused"));
  }
}
