package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.ReplyAddresses;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.wsdl.SoapVersion;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressingTest {
  private static final String ORDER = element("order", "x");
  private static final String ID = "<wsa:MessageID>urn:a</wsa:MessageID>";
  private static final String ELSEWHERE = "http://callback.example/replies";
  private final HostedOrders orders =
      new HostedOrders(
          new SoapSettings(
              null,
              100_000,
              false,
              Duration.ofSeconds(30),
              new ReplyAddresses(List.of("http://callback.example"))));

  @AfterAll
  void stop() {
    orders.close();
  }

  @BeforeEach
  void forget() {
    orders.door.forget();
    orders.door.answer(Answer.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_address_is_kept_whole_with_how_the_request_came_in(SoapVersion version) {
    var reference =
        "<wsa:Address> %s </wsa:Address><wsa:Metadata><x/></wsa:Metadata><wsa:ReferenceParameters xmlns:p='urn:p'><p:a>1</p:a><p:b t='p:q'/></wsa:ReferenceParameters>"
            .formatted(ELSEWHERE);
    var headers =
        ID
            + "<wsa:ReplyTo>%s</wsa:ReplyTo><wsa:FaultTo><wsa:Address>%s</wsa:Address></wsa:FaultTo>"
                .formatted(reference, EndpointReference.NONE.address());
    var response = post(version, headers, ORDER);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    var taken = taken();
    var replyTo = Objects.requireNonNull(taken.replyTo());
    assertThat(replyTo.address()).isEqualTo(ELSEWHERE);
    assertThat(replyTo.parameters()).hasSize(2);
    HostingTest.assertSame(
        "<p:a xmlns:p='urn:p'>1</p:a>", replyTo.parameters().getFirst().toString());
    assertThat(replyTo.parameters().getLast().toString()).contains("xmlns:p=\"urn:p\"");
    assertThat(taken.faultTo()).isEqualTo(EndpointReference.NONE);
    assertThat(taken.messageId()).isEqualTo("urn:a");
    String port = version == SoapVersion.SOAP_11 ? "Orders11" : "Orders12";
    assertThat(taken.via()).isEqualTo(new Headers.Via(port, false));
  }

  @Test
  void the_submission_of_2004_is_understood_with_its_reference_properties() {
    var headers =
        ID
            + "<wsa:ReplyTo s:mustUnderstand='1'><wsa:Address>%s</wsa:Address><wsa:ReferenceProperties><a/></wsa:ReferenceProperties><wsa:ReferenceParameters><b/></wsa:ReferenceParameters><wsa:PortType>x:y</wsa:PortType></wsa:ReplyTo>"
                .formatted(ELSEWHERE);
    assertThat(orders.post(SoapVersion.SOAP_11, submission(headers)).statusCode()).isEqualTo(202);
    assertThat(Objects.requireNonNull(taken().replyTo()).parameters()).hasSize(2);
    assertThat(taken().via()).isEqualTo(new Headers.Via("Orders11", true));
  }

  @Test
  void an_answer_on_the_connection_is_addressed_as_its_request_was() {
    var anonymous = AddressingVersion.SUBMISSION.namespace() + "/role/anonymous";
    var headers =
        ID
            + "<wsa:ReplyTo><wsa:Address>%s</wsa:Address><wsa:ReferenceProperties><p:a xmlns:p='urn:p'/></wsa:ReferenceProperties></wsa:ReplyTo>"
                .formatted(anonymous);
    orders.door.answer(
        new Answer.Reply(Body.of("<r/>"), List.of(Body.of("<h:b xmlns:h=\"urn:h\"/>"))));
    var reply = orders.post(SoapVersion.SOAP_11, submission(headers)).body();
    assertThat(taken().replyTo()).isNotNull().matches(EndpointReference::isAnonymous);
    assertThat(taken().via()).isNull();
    assertThat(reply)
        .contains("xmlns:wsa=\"" + AddressingVersion.SUBMISSION.namespace() + "\"")
        .contains("<wsa:To>" + anonymous + "</wsa:To>", "<wsa:RelatesTo>urn:a</wsa:RelatesTo>")
        .contains("<wsa:Action>urn:order:Orders:submitResponse</wsa:Action>")
        .contains("<p:a ", "<h:b xmlns:h=\"urn:h\"/>")
        .doesNotContain("IsReferenceParameter");
  }

  @Test
  void reference_parameters_of_an_anonymous_address_come_back_marked() {
    var headers =
        ID
            + "<wsa:ReplyTo><wsa:Address>%s</wsa:Address><wsa:ReferenceParameters><p:a xmlns:p='urn:p'>1</p:a></wsa:ReferenceParameters></wsa:ReplyTo>"
                .formatted(EndpointReference.ANONYMOUS.address());
    orders.door.answer(new Answer.Reply(Body.of("<r/>")));
    assertThat(post(SoapVersion.SOAP_12, headers, ORDER).body())
        .contains("ref:IsReferenceParameter=\"true\"", ">1</p:a>");
  }

  @Test
  void a_declared_fault_has_an_action_of_its_own_and_any_other_the_general_one() {
    var fault =
        new Fault.Declared(new QName("urn:order", "OutOfStock"), Body.of("<d/>"), "none left");
    orders.door.answer(new Answer.Faulted(fault));
    assertThat(post(SoapVersion.SOAP_11, ID, ORDER).body())
        .contains("<wsa:Action>urn:order:Orders:submit:Fault:OutOfStock</wsa:Action>");
    orders.door.answer(Answer.refused(FaultKind.TOO_LATE, "It is over.", "Begin anew."));
    assertThat(post(SoapVersion.SOAP_11, ID, ORDER).body())
        .contains("<wsa:Action>%s</wsa:Action>".formatted(AddressingVersion.CORE.faultAction()));
    orders.door.answer(new Answer.Faulted(fault));
    assertThat(orders.post(SoapVersion.SOAP_11, submission(ID)).body())
        .contains(
            "<wsa:Action>%s</wsa:Action>".formatted(AddressingVersion.SUBMISSION.faultAction()));
  }

  @Test
  void what_the_door_refuses_is_refused_on_the_connection() {
    orders.door.answer(Answer.refused(FaultKind.TOO_LATE, "It is over.", "Begin anew."));
    var response = post(SoapVersion.SOAP_11, ID + replyTo(ELSEWHERE), ORDER);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains("<f:TooLate")
        .contains(EndpointReference.ANONYMOUS.address());
  }

  @Test
  void nobody_is_told_where_the_reply_is_to_be_dropped() {
    var response = post(SoapVersion.SOAP_11, replyTo(EndpointReference.NONE.address()), ORDER);
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(taken().replyTo()).isEqualTo(EndpointReference.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReplyTo", "FaultTo"})
  void an_address_that_is_not_allowed_is_refused_with_the_key_that_would(String header) {
    var other = replyTo("http://victim.example/").replace("ReplyTo", header);
    assertRefused(post(SoapVersion.SOAP_11, ID + other, ORDER), header, "replyAddresses");
    assertRefused(
        post(SoapVersion.SOAP_11, ID + other, element("note", "x")), header, "replyAddresses");
  }

  @Test
  void an_answer_to_an_address_needs_a_message_id_to_relate_to() {
    assertRefused(post(SoapVersion.SOAP_11, replyTo(ELSEWHERE), ORDER), "wsa:MessageID");
    var oneWay = post(SoapVersion.SOAP_11, replyTo(ELSEWHERE), element("note", "x"));
    assertThat(oneWay.statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"To", "Action", "MessageID", "ReplyTo", "FaultTo", "From"})
  void an_addressing_header_that_occurs_twice_is_refused(String name) {
    String content =
        name.contains("o") && !name.equals("Action") && !name.equals("To")
            ? "<wsa:Address>%s</wsa:Address>".formatted(EndpointReference.ANONYMOUS.address())
            : "urn:a";
    var header = "<wsa:%s>%s</wsa:%s>".formatted(name, content, name);
    assertRefused(
        post(SoapVersion.SOAP_11, header + header, ORDER), "wsa:" + name + " occurs twice");
  }

  @Test
  void a_reply_address_without_an_address_is_refused() {
    assertRefused(post(SoapVersion.SOAP_11, "<wsa:ReplyTo/>", ORDER), "has no wsa:Address");
  }

  @Test
  void two_versions_of_addressing_at_once_are_refused() {
    var mixed = ID + "<o:To xmlns:o='%s'/>".formatted(AddressingVersion.SUBMISSION.namespace());
    assertRefused(post(SoapVersion.SOAP_11, mixed, ORDER), "The headers mix");
  }

  @Test
  void other_header_blocks_are_kept_in_their_order_and_passwords_are_not() {
    var headers =
        "<a xmlns='urn:x'><b/></a><w:Security"
            + " xmlns:w='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>secret</w:Security><x:e"
            + " xmlns:x='urn:x' s:actor='urn:other'/><x:c xmlns:x='urn:x'"
            + " s:mustUnderstand='0'>2</x:c>";
    assertThat(post(SoapVersion.SOAP_11, headers, ORDER).statusCode()).isEqualTo(202);
    assertThat(taken().blocks()).hasSize(2);
    HostingTest.assertSame("<a xmlns='urn:x'><b/></a>", taken().blocks().getFirst().toString());
    assertThat(taken().blocks().getLast().toString()).contains(">2</x:c>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "<wsa:ReplyTo><wsa:ReferenceParameters>%s</wsa:ReferenceParameters></wsa:ReplyTo>"
      })
  void a_header_that_grows_by_the_namespaces_in_scope_is_refused(String header) {
    var text =
        post(SoapVersion.SOAP_11, header.formatted("<a/>".repeat(5_000)), ORDER, "x".repeat(5_000));
    assertRefused(text, "are larger than 262144 bytes");
  }

  private HttpResponse<String> post(
      SoapVersion version, String headers, String body, String namespace) {
    var text = envelope(version, headers, body);
    return orders.post(version, text.replaceFirst(" ", " xmlns:long='" + namespace + "' "));
  }

  @Test
  void reference_parameters_of_our_own_are_always_understood() {
    var own = "<p:instance xmlns:p='urn:parley:1' s:mustUnderstand='1'>7</p:instance>";
    assertThat(post(SoapVersion.SOAP_11, own, ORDER).statusCode()).isEqualTo(202);
    assertThat(taken().blocks()).hasSize(1);
  }

  @Test
  void a_block_is_understood_where_the_port_names_it() {
    var header = "<x:a xmlns:x='urn:x' s:mustUnderstand='1'/>";
    var text = envelope(SoapVersion.SOAP_11, header, ORDER);
    var known = new Understood(Set.of(new QName("urn:x", "a")));
    assertThat(read(text, known).header().blocks()).hasSize(1);
    assertThat(read(envelope(SoapVersion.SOAP_11, ORDER), known).header()).isSameAs(Header.NONE);
    assertRefusedMustUnderstand(header);
  }

  private void assertRefusedMustUnderstand(String header) {
    assertThat(post(SoapVersion.SOAP_11, header, ORDER).body()).contains("s:MustUnderstand");
    assertThat(orders.door.taken).isEmpty();
  }

  private static Envelope read(String text, Understood understood) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return EnvelopeReader.readRequest(
        new XmlSource(in, null, "shop"), SoapVersion.SOAP_11, null, understood);
  }

  private Headers taken() {
    return orders.door.taken.getFirst().headers();
  }

  private static String replyTo(String address) {
    return "<wsa:ReplyTo><wsa:Address>%s</wsa:Address></wsa:ReplyTo>".formatted(address);
  }

  private static String submission(String headers) {
    return envelope(SoapVersion.SOAP_11, headers, ORDER)
        .replace(AddressingVersion.CORE.namespace(), AddressingVersion.SUBMISSION.namespace());
  }

  private HttpResponse<String> post(SoapVersion version, String headers, String body) {
    return orders.post(version, envelope(version, headers, body));
  }

  private void assertRefused(HttpResponse<String> response, String... said) {
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("<f:InvalidMessage").contains(said);
    assertThat(orders.door.taken).isEmpty();
  }
}
