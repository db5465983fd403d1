package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.ReplyAddresses;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Headers;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.SoapVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsTest {
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
  void a_large_message_arrives_whole_in_every_plane() {
    try (var larger =
        new HostedOrders(
            new SoapSettings(
                null, 5_000_000, false, Duration.ofSeconds(30), ReplyAddresses.NONE))) {
      var text = "x" + "ä€😀".repeat(50_000);
      larger.post(SoapVersion.SOAP_11, "order", text);
      assertThat(larger.door.taken.getFirst().body().toString())
          .endsWith(">" + text + "</o:order>");
    }
  }

  @Test
  void a_notification_is_received_as_the_output_of_its_operation() {
    assertThat(orders.post(SoapVersion.SOAP_11, "announcement", "x").statusCode()).isEqualTo(202);
    assertThat(orders.door.taken.getFirst().kind()).isEqualTo(MessageKind.OUTPUT);
    assertThat(orders.door.taken.getFirst().operation().operation()).isEqualTo("announce");
  }

  @Test
  void the_action_decides_between_operations_with_the_same_element() {
    var request =
        orders
            .request(
                SoapVersion.SOAP_11,
                envelope(SoapVersion.SOAP_11, element("query", "x"))
                    .getBytes(StandardCharsets.UTF_8))
            .header("SOAPAction", "\"urn:order:count\"");
    orders.send(request);
    assertThat(orders.door.taken.getFirst().operation().operation()).isEqualTo("count");
  }

  /** Where one operation is called as the other one's input, the name is that of the input. */
  @ParameterizedTest
  @CsvSource({"urn:own,find", "urn:order:Orders:find,count", "urn:order:Orders:count,count"})
  void what_the_port_type_says_decides_between_operations_with_the_same_element(
      String action, String operation) {
    var resolver = new OperationResolver(Orders.port(SoapVersion.SOAP_11), twins());
    var addressing = new Addressing(AddressingVersion.CORE, null, null, null, null, null, action);
    var envelope =
        new Envelope(
            SoapVersion.SOAP_11,
            new Header(addressing, List.of()),
            new QName(Orders.NAMESPACE, "query"),
            Body.EMPTY,
            false);
    assertThat(resolver.resolve(envelope, "").name().operation()).isEqualTo(operation);
  }

  private static List<Operation> twins() {
    return List.of(labelled("find", null, "urn:own"), labelled("count", "find", null));
  }

  private static Operation labelled(String name, @Nullable String label, @Nullable String action) {
    var operation = Orders.operation(name);
    var input = operation.message(MessageKind.INPUT).orElseThrow();
    return new Operation(
        operation.name(),
        operation.pattern(),
        new MessageType(input.name(), input.element(), label, action),
        operation.output(),
        operation.faults(),
        operation.location());
  }

  @ParameterizedTest
  @EnumSource
  void only_a_relationship_that_is_a_reply_says_what_is_answered(SoapVersion version) {
    var relations =
        "<wsa:RelatesTo RelationshipType='urn:elsewhere'>urn:a</wsa:RelatesTo><wsa:RelatesTo"
            + " RelationshipType='http://www.w3.org/2005/08/addressing/reply'>urn:b</wsa:RelatesTo>"
            + "<wsa:RelatesTo>urn:c</wsa:RelatesTo>";
    var request = envelope(version, relations, ORDER).getBytes(StandardCharsets.UTF_8);
    var _ = orders.send(orders.request(version, request));
    assertThat(orders.door.taken.getFirst().headers().relatesTo()).isEqualTo("urn:b");
  }

  @ParameterizedTest
  @EnumSource
  void addressing_headers_reach_the_door_and_relate_the_answer(SoapVersion version) {
    var headers =
        "<wsa:MessageID s:mustUnderstand='1'> urn:a"
            + " </wsa:MessageID><wsa:RelatesTo>urn:b</wsa:RelatesTo>"
            + "<wsa:ReplyTo><wsa:Address>%s</wsa:Address></wsa:ReplyTo><wsa:To>urn:c</wsa:To>"
                .formatted(EndpointReference.ANONYMOUS.address())
            + "<wsa:Action>urn:order:Orders:submitRequest</wsa:Action><x:other"
            + " xmlns:x='urn:x'><x:y/></x:other>";
    orders.door.answer(new Answer.Reply(Body.of("<r/>")));
    var request =
        orders
            .request(version, envelope(version, headers, ORDER).getBytes(StandardCharsets.UTF_8))
            .header("Idempotency-Key", "k-1");
    var response = orders.send(request);
    assertThat(orders.door.taken.getFirst().headers())
        .isEqualTo(
            new Headers(
                "urn:a",
                "urn:b",
                null,
                EndpointReference.ANONYMOUS,
                null,
                "k-1",
                Map.of(),
                null,
                List.of(
                    Body.of(
                        "<x:other xmlns:s=\"%s\" xmlns:wsa=\"%s\" xmlns:x=\"urn:x\"><x:y/></x:other>"
                            .formatted(version.namespace(), AddressingVersion.CORE.namespace())))));
    assertThat(response.body())
        .contains("<wsa:RelatesTo>urn:a</wsa:RelatesTo>", "<wsa:MessageID>urn:uuid:")
        .contains("<wsa:Action>urn:order:Orders:submitResponse</wsa:Action>");
  }

  @Test
  void a_fault_is_related_to_its_request_too() {
    var text =
        envelope(
            SoapVersion.SOAP_11, "<wsa:MessageID>urn:a</wsa:MessageID>", element("nonsense", "x"));
    assertThat(orders.post(SoapVersion.SOAP_11, text).body())
        .contains("<wsa:RelatesTo>urn:a</wsa:RelatesTo>", AddressingVersion.CORE.faultAction());
  }

  @Test
  void nobody_may_be_answered_of_a_one_way_message() {
    var none =
        "<wsa:ReplyTo><wsa:Address>"
            + EndpointReference.NONE.address()
            + "</wsa:Address></wsa:ReplyTo>";
    var text = envelope(SoapVersion.SOAP_11, none, element("note", "x"));
    assertThat(orders.post(SoapVersion.SOAP_11, text).statusCode()).isEqualTo(202);
  }

  @Test
  void a_header_for_somebody_else_need_not_be_understood() {
    var header = "<x:h xmlns:x='urn:x' s:mustUnderstand='1' s:actor='urn:other'/>";
    var text = envelope(SoapVersion.SOAP_11, header, element("note", "x"));
    assertThat(orders.post(SoapVersion.SOAP_11, text).statusCode()).isEqualTo(202);
  }

  @Test
  void a_body_stands_alone_with_the_namespaces_of_its_envelope() {
    var text =
        "<s:Envelope xmlns:s='%s' xmlns='urn:order' xmlns:v='urn:v'><s:Body xmlns:w='urn:w'>"
                .formatted(SoapVersion.SOAP_11.namespace())
            + "<order a='v:q&quot;&#10;'"
            + " xmlns:v='urn:v2'><![CDATA[w:q<]]>&#13;<e/></order></s:Body></s:Envelope>";
    orders.post(SoapVersion.SOAP_11, text);
    assertThat(orders.door.taken.getFirst().body())
        .hasToString(
            "<order xmlns:s=\"%s\" xmlns=\"urn:order\" xmlns:v=\"urn:v2\" xmlns:w=\"urn:w\" a=\"v:q&quot;&#10;\">w:q&lt;&#13;<e/></order>"
                .formatted(SoapVersion.SOAP_11.namespace()));
  }

  @Test
  void a_request_in_another_encoding_is_kept_in_UTF_8() {
    var text =
        "<?xml version='1.0' encoding='ISO-8859-1'?>"
            + envelope(SoapVersion.SOAP_11, element("note", "ü"));
    var request =
        orders
            .request(SoapVersion.SOAP_11, text.getBytes(StandardCharsets.ISO_8859_1))
            .setHeader("Content-Type", "text/xml");
    assertThat(orders.send(request).statusCode()).isEqualTo(202);
    assertThat(orders.door.taken.getFirst().body().toString()).contains(">ü<");
  }
}
