package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.ReplyAddresses;
import dev.parley.message.Answer;
import dev.parley.wsdl.SoapVersion;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
class BadInputTest {
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

  @ParameterizedTest
  @EnumSource
  void malformed_xml_is_the_senders_fault_with_line_and_column(SoapVersion version) {
    var response =
        orders.post(version, envelope(version, "<o:order xmlns:o='urn:order'>\n</wrong>"));
    assertRefused(version, response, "InvalidMessage", "Line 2, column");
  }

  @Test
  void nothing_at_all_is_the_senders_fault() {
    assertRefused(orders.post(SoapVersion.SOAP_11, ""), "InvalidMessage", "XML");
  }

  @Test
  void a_document_type_declaration_is_refused() {
    var text =
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
            + envelope(SoapVersion.SOAP_11, element("order", "&e;"));
    assertRefused(
        orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "document type declaration");
  }

  @Test
  void a_processing_instruction_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, "<?php x?>" + ORDER);
    assertRefused(
        orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "processing instruction");
  }

  @Test
  void trailing_text_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, ORDER) + "junk";
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "Line 1");
  }

  @Test
  void a_second_envelope_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, ORDER) + envelope(SoapVersion.SOAP_11, ORDER);
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "Line 1");
  }

  @Test
  void a_second_element_in_the_body_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, ORDER + ORDER);
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "found a second");
  }

  @Test
  void an_element_after_the_body_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, ORDER).replace("</s:Envelope>", "<x/></s:Envelope>");
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "after the body");
  }

  @Test
  void an_envelope_without_a_body_is_refused() {
    var text = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>";
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "Body");
  }

  @Test
  void an_unknown_element_is_refused_with_the_operations_there_are() {
    var response = orders.post(SoapVersion.SOAP_12, "nonsense", "x");
    assertRefused(SoapVersion.SOAP_12, response, "UnknownOperation", "submit ({urn:order}order)");
  }

  @Test
  void a_SOAPAction_of_another_operation_is_refused_with_expected_and_found() {
    var request =
        orders
            .request(SoapVersion.SOAP_11, bytes(envelope(SoapVersion.SOAP_11, ORDER)))
            .header("SOAPAction", "\"urn:order:ping\"");
    assertRefused(
        orders.send(request),
        "InvalidMessage",
        "Expected SOAPAction 'urn:order:submit', but found 'urn:order:ping'");
  }

  @Test
  void an_action_parameter_of_another_operation_is_refused() {
    var request =
        orders
            .request(SoapVersion.SOAP_12, bytes(envelope(SoapVersion.SOAP_12, ORDER)))
            .setHeader("Content-Type", "application/soap+xml; action=\"urn:order:ping\"");
    assertRefused(SoapVersion.SOAP_12, orders.send(request), "InvalidMessage", "urn:order:ping");
  }

  @Test
  void a_wsa_Action_of_another_operation_is_refused() {
    var text =
        envelope(SoapVersion.SOAP_11, "<wsa:Action>urn:order:Orders:note</wsa:Action>", ORDER);
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "wsa:Action");
  }

  @Test
  void an_element_of_two_operations_is_refused_without_an_action() {
    assertRefused(
        orders.post(SoapVersion.SOAP_11, "query", "x"),
        "InvalidMessage",
        "count ({urn:order}query), find");
  }

  @Test
  void a_header_that_must_be_understood_and_is_not_is_refused() {
    var text =
        envelope(SoapVersion.SOAP_12, "<x:h xmlns:x='urn:x' s:mustUnderstand='true'/>", ORDER);
    var response = orders.post(SoapVersion.SOAP_12, text);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("s:MustUnderstand", "NotUnderstood", "urn:x");
    assertThat(orders.door.taken).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void an_envelope_of_the_other_version_is_told_so_in_SOAP_1_1(SoapVersion version) {
    var other = version == SoapVersion.SOAP_11 ? SoapVersion.SOAP_12 : SoapVersion.SOAP_11;
    var response = orders.post(version, envelope(other, ORDER));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains(SoapVersion.SOAP_11.namespace(), "s:VersionMismatch");
    assertThat(orders.door.taken).isEmpty();
  }

  @Test
  void a_reply_address_other_than_the_anonymous_one_is_refused() {
    var text =
        envelope(
            SoapVersion.SOAP_11,
            "<wsa:ReplyTo><wsa:Address>http://victim.example/</wsa:Address></wsa:ReplyTo>",
            ORDER);
    assertRefused(
        orders.post(SoapVersion.SOAP_11, text),
        "InvalidMessage",
        "replyAddresses allows, but found 'http://victim.example/'");
  }

  @Test
  void a_message_id_that_occurs_twice_is_refused() {
    var id = "<wsa:MessageID>urn:a</wsa:MessageID>";
    var text = envelope(SoapVersion.SOAP_11, id + id, ORDER);
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "occurs twice");
  }

  @Test
  void elements_nested_too_deeply_are_refused() {
    var text =
        envelope(SoapVersion.SOAP_11, element("order", "<a>".repeat(300) + "</a>".repeat(300)));
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "Depth");
  }

  @Test
  void too_many_attributes_are_refused() {
    var attributes = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    var text = envelope(SoapVersion.SOAP_11, "<order" + attributes + "/>");
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "Attribute");
  }

  @Test
  void too_many_children_are_refused() {
    try (var larger = larger()) {
      var many = envelope(SoapVersion.SOAP_11, element("order", "<a/>".repeat(60_000)));
      assertRefused(larger.post(SoapVersion.SOAP_11, many), "InvalidMessage", "50000");
    }
  }

  @Test
  void too_long_a_name_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, "<" + "a".repeat(2_000) + "/>");
    assertRefused(orders.post(SoapVersion.SOAP_11, text), "InvalidMessage", "longer than 1000");
  }

  @Test
  void an_encoding_that_the_document_names_and_nobody_knows_is_the_senders_fault() {
    var request =
        orders
            .request(
                SoapVersion.SOAP_11,
                bytes(
                    "<?xml version='1.0' encoding='x-none'?>"
                        + envelope(SoapVersion.SOAP_11, ORDER)))
            .setHeader("Content-Type", "text/xml");
    assertRefused(orders.send(request), "InvalidMessage", "XML");
  }

  @Test
  void a_message_cut_off_within_its_own_length_is_the_senders_fault() {
    var text = envelope(SoapVersion.SOAP_11, ORDER);
    for (int length = 1; length < text.length(); length += 7) {
      assertRefused(
          orders.post(SoapVersion.SOAP_11, text.substring(0, length)), "InvalidMessage", "XML");
    }
  }

  private void assertRefused(HttpResponse<String> response, String fault, String reason) {
    assertRefused(SoapVersion.SOAP_11, response, fault, reason);
  }

  private void assertRefused(
      SoapVersion version, HttpResponse<String> response, String fault, String reason) {
    boolean old = version == SoapVersion.SOAP_11;
    assertThat(response.body())
        .contains(old ? "<faultcode>s:Client" : "<s:Value>s:Sender", "<f:" + fault, reason)
        .doesNotContain("Exception", "ctc.wstx", "dev.parley");
    assertThat(response.statusCode()).isEqualTo(old ? 500 : 400);
    assertThat(orders.door.taken).isEmpty();
  }

  private static HostedOrders larger() {
    return new HostedOrders(
        new SoapSettings(
            null, 1_000_000, false, SoapSettings.DEFAULT_REPLY_WITHIN, ReplyAddresses.NONE));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
