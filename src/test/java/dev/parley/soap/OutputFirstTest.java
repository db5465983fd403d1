package dev.parley.soap;

import static dev.parley.soap.HostedOrders.envelope;
import static dev.parley.soap.Market.element;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notification and solicit-response, hosted where their consumer is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputFirstTest {
  private static final String ID = "<wsa:MessageID>urn:a</wsa:MessageID>";
  private final HostedOrders market =
      new HostedOrders(HostedOrders.settings(Duration.ofSeconds(30)), List.of(Market.port()));

  @AfterAll
  void stop() {
    market.close();
  }

  @BeforeEach
  void forget() {
    market.door.forget();
    market.door.answer(Answer.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({
    "price,http://market.example/price",
    "price,",
    "recall,http://market.example/Market/recall",
    "offer,http://market.example/Market/offerSolicit",
    "hint,http://market.example/hint",
  })
  void the_first_message_is_an_output_whatever_action_it_has(String name, String action) {
    var response = post(market, name, action == null ? "" : action, "");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    var taken = market.door.taken.getFirst();
    assertThat(taken.operation()).isEqualTo(Market.name(name));
    assertThat(taken.kind()).isEqualTo(MessageKind.OUTPUT);
  }

  @Test
  void the_second_message_of_an_operation_is_not_received() {
    var response = post(market, "bid", "", "");
    assertThat(response.body()).contains("<f:UnknownOperation");
    assertThat(market.door.taken).isEmpty();
  }

  @Test
  void the_reply_is_the_operations_input() {
    market.door.answer(new Answer.Reply(Body.of(element("bid"))));
    var response = post(market, "offer", "", ID);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains(element("bid"))
        .contains("<wsa:Action>http://market.example/Market/offerResponse</wsa:Action>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer", "recall"})
  void a_fault_goes_back_to_whoever_sent_the_first_message(String name) {
    var detail = Body.of(element("refused"));
    market.door.answer(
        new Answer.Faulted(
            new Fault.Declared(new QName(Market.NAMESPACE, "Refused"), detail, "no")));
    var response = post(market, name, "", ID);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains(detail.toString())
        .contains("http://market.example/Market/%s/Fault/Refused</wsa:Action>".formatted(name));
  }

  @Test
  void the_published_wsdl_says_which_message_is_first() {
    var request = HttpRequest.newBuilder(URI.create(address(market) + "?wsdl")).GET();
    assertThat(market.send(request).body())
        .contains(address(market), "http://www.w3.org/ns/wsdl/robust-in-only")
        .containsSubsequence(
            "<wsdl:operation name=\"offer\">",
            "<wsdl:output",
            "message=\"tns:offer\"",
            "<wsdl:input",
            "message=\"tns:bid\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"recall", "hint", "order"})
  void whoever_need_not_be_answered_is_acknowledged_when_its_time_has_passed(String name) {
    try (var hasty =
        new HostedOrders(HostedOrders.settings(Duration.ofMillis(50)), List.of(Market.port()))) {
      hasty.door.script = _ -> new CompletableFuture<>();
      var response = post(hasty, name, "", "");
      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(response.body()).isEmpty();
      assertThat(hasty.door.abandoned).containsExactly(hasty.door.taken.getFirst().id());
      assertThat(post(hasty, "offer", "", "").body()).contains("<f:ReplyTimeout");
      assertThat(post(hasty, "price", "", "").body()).contains("<f:Unavailable");
    }
  }

  @Test
  void whoever_awaits_its_answer_elsewhere_is_not_acknowledged_before_the_commit() {
    try (var hasty =
        new HostedOrders(HostedOrders.settings(Duration.ofMillis(50)), List.of(Market.port()))) {
      hasty.door.script = _ -> new CompletableFuture<>();
      var header =
          "<wsa:ReplyTo><wsa:Address>%s/none</wsa:Address></wsa:ReplyTo>"
              .formatted(AddressingVersion.CORE.namespace());
      assertThat(post(hasty, "hint", "", header).body()).contains("<f:Unavailable");
    }
  }

  private static String address(HostedOrders hosted) {
    return hosted.base() + "/services/buyer/Market";
  }

  private static HttpResponse<String> post(
      HostedOrders hosted, String name, String action, String headers) {
    var text = envelope(SoapVersion.SOAP_11, headers, element(name));
    return hosted.send(
        HttpRequest.newBuilder(URI.create(address(hosted)))
            .header("Content-Type", "text/xml; charset=UTF-8")
            .header("SOAPAction", "\"" + action + "\"")
            .POST(BodyPublishers.ofString(text)));
  }
}
