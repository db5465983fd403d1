package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageExchangePattern;
import dev.parley.wsdl.SchemaSet;
import dev.parley.wsdl.SoapVersion;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
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
  void a_declared_fault_has_its_detail_in_SOAP_1_1() {
    var response = declared(SoapVersion.SOAP_11);
    assertThat(response.statusCode()).isEqualTo(500);
    HostingTest.assertSame(
        envelope(
            SoapVersion.SOAP_11,
            "<s:Fault><faultcode>s:Server</faultcode><faultstring xml:lang='en'>none &lt;"
                + " left</faultstring><detail><o:outOfStock"
                + " xmlns:o='urn:order'>7</o:outOfStock></detail></s:Fault>"),
        response.body());
  }

  @Test
  void a_declared_fault_has_its_detail_in_SOAP_1_2() {
    var response = declared(SoapVersion.SOAP_12);
    assertThat(response.statusCode()).isEqualTo(500);
    HostingTest.assertSame(
        envelope(
            SoapVersion.SOAP_12,
            "<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text"
                + " xml:lang='en'>none &lt; left</s:Text></s:Reason><s:Detail><o:outOfStock"
                + " xmlns:o='urn:order'>7</o:outOfStock></s:Detail></s:Fault>"),
        response.body());
  }

  private HttpResponse<String> declared(SoapVersion version) {
    var detail = Body.of("<o:outOfStock xmlns:o=\"urn:order\">7</o:outOfStock>");
    var fault = new Fault.Declared(new QName("urn:order", "OutOfStock"), detail, "none < left");
    orders.door.answer(new Answer.Faulted(fault));
    return orders.post(version, "order", "x");
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_of_the_gateway_has_a_typed_detail(SoapVersion version) {
    orders.door.answer(Answer.refused(FaultKind.TOO_LATE, "It is over.", "Begin anew."));
    var response = orders.post(version, "order", "x");
    boolean old = version == SoapVersion.SOAP_11;
    assertThat(response.statusCode()).isEqualTo(old ? 500 : 400);
    var id = orders.door.taken.getFirst().id();
    assertThat(response.body())
        .contains(
            "<f:TooLate"
                + " xmlns:f=\"urn:parley:fault:1\"><f:process>shop</f:process><f:operation>submit</f:operation>"
                + "<f:messageId>%s</f:messageId><f:reason>It is over.</f:reason><f:remedy>Begin anew.</f:remedy></f:TooLate>"
                    .formatted(id))
        .contains(
            old
                ? "<faultcode>s:Client</faultcode>"
                : "<s:Value>s:Sender</s:Value><s:Subcode><s:Value"
                    + " xmlns:q=\"urn:parley:fault:1\">q:TooLate<");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {"UNAVAILABLE", "QUEUE_FULL"})
  void who_may_simply_try_again_is_told_when(FaultKind kind) {
    orders.door.answer(Answer.refused(kind, "Full.", "Try again."));
    for (var version : SoapVersion.values()) {
      var response = orders.post(version, "note", "x");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(response.body()).contains("<f:" + kind.wireName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_undeclared_fault_passes_code_reason_and_detail(SoapVersion version) {
    var fault = new Fault.Undeclared(new QName("urn:x", "Odd"), "odd", Body.of("<d/>"));
    orders.door.answer(new Answer.Faulted(fault));
    assertThat(orders.post(version, "order", "x").body())
        .contains("xmlns:q=\"urn:x\">q:Odd<", "odd", "<d/>");
  }

  @ParameterizedTest
  @EnumSource
  void an_undeclared_fault_keeps_its_SOAP_code_in_the_other_version(SoapVersion version) {
    var code = new QName(SoapVersion.SOAP_11.namespace(), "Client");
    orders.door.answer(new Answer.Faulted(new Fault.Undeclared(code, "odd", Body.EMPTY)));
    assertThat(orders.post(version, "order", "x").body())
        .contains(version == SoapVersion.SOAP_11 ? ">s:Client<" : ">s:Sender<");
  }

  @Test
  void an_empty_reply_is_an_empty_body() {
    orders.door.answer(new Answer.Reply(Body.EMPTY));
    var response = orders.post(SoapVersion.SOAP_11, envelope(SoapVersion.SOAP_11, ""));
    assertThat(response.statusCode()).isEqualTo(200);
    HostingTest.assertSame(envelope(SoapVersion.SOAP_11, ""), response.body());
    assertThat(orders.door.taken.getFirst().operation().operation()).isEqualTo("ping");
  }

  @Test
  void an_optional_reply_left_out_is_an_empty_202() {
    var service = Orders.service(MessageExchangePattern.IN_OPT_OUT);
    var port = Orders.port(SoapVersion.SOAP_12, service, Orders.file(), SchemaSet.NONE);
    try (var optional =
        new HostedOrders(HostedOrders.settings(Duration.ofSeconds(30)), List.of(port))) {
      var request =
          optional
              .request(
                  SoapVersion.SOAP_12,
                  envelope(SoapVersion.SOAP_12, element("query", "x"))
                      .getBytes(StandardCharsets.UTF_8))
              .setHeader("Content-Type", "application/soap+xml; action=\"urn:order:find\"");
      var response = optional.send(request);
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void a_large_reply_arrives_whole() {
    var text = "ä€😀".repeat(100_000);
    orders.door.answer(new Answer.Reply(Body.of("<r>" + text + "</r>")));
    assertThat(orders.post(SoapVersion.SOAP_12, "order", "x").body())
        .contains("<r>" + text + "</r>");
  }

  @Test
  void a_reply_that_takes_its_time_still_arrives() throws Exception {
    var answer = new CompletableFuture<Answer>();
    orders.door.script = _ -> answer;
    var response = async(ORDER);
    orders.door.arrival();
    assertThat(response).isNotDone();
    answer.complete(new Answer.Reply(Body.of("<late/>")));
    assertThat(response.get().body()).contains("<late/>");
    assertThat(orders.door.abandoned).isEmpty();
  }

  @Test
  void many_callers_wait_at_once() throws Exception {
    var answer = new CompletableFuture<Answer>();
    orders.door.script = _ -> answer;
    var responses = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 100; i++) {
      responses.add(async(ORDER));
    }
    for (int i = 0; i < 100; i++) {
      orders.door.arrival();
    }
    answer.complete(new Answer.Reply(Body.of("<late/>")));
    for (var response : responses) {
      assertThat(response.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_caller_that_waited_too_long_is_told_and_its_exchange_abandoned() {
    try (var hasty = new HostedOrders(HostedOrders.settings(Duration.ofMillis(100)))) {
      hasty.door.script = _ -> new CompletableFuture<>();
      var response = hasty.post(SoapVersion.SOAP_11, "order", "x");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).contains("s:Server", "<f:ReplyTimeout");
      assertThat(hasty.door.abandoned).containsExactly(hasty.door.taken.getFirst().id());
    }
  }

  @Test
  void a_one_way_message_that_is_not_stored_in_time_is_not_acknowledged() {
    try (var hasty = new HostedOrders(HostedOrders.settings(Duration.ofMillis(100)))) {
      hasty.door.script = _ -> new CompletableFuture<>();
      var response = hasty.post(SoapVersion.SOAP_11, "note", "x");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("<f:Unavailable");
    }
  }

  private CompletableFuture<HttpResponse<String>> async(String body) {
    var entity = envelope(SoapVersion.SOAP_11, body).getBytes(StandardCharsets.UTF_8);
    var request = orders.request(SoapVersion.SOAP_11, entity).build();
    return HostedOrders.HTTP.sendAsync(request, BodyHandlers.ofString());
  }
}
