package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.ReplyAddresses;
import dev.parley.deployment.ServicePort;
import dev.parley.finding.RefusedException;
import dev.parley.message.Answer;
import dev.parley.wsdl.SoapVersion;
import dev.parley.wsdl.Wsdl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** With the contract as it is read from the document. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidationTest {
  private final HostedOrders orders;

  ValidationTest() throws RefusedException {
    var settings =
        new SoapSettings(null, 100_000, true, Duration.ofSeconds(30), ReplyAddresses.NONE);
    orders = new HostedOrders(settings, ports());
  }

  private static List<ServicePort> ports() throws RefusedException {
    var file = Orders.file();
    var contract = Wsdl.read(Objects.requireNonNull(file.getParent()), List.of(file));
    return contract.ports().stream()
        .map(
            port ->
                new ServicePort(
                    "shop",
                    contract.find(port.interfaceName()).orElseThrow(),
                    port,
                    file,
                    contract.schemas()))
        .toList();
  }

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
  void a_valid_body_is_taken() {
    assertThat(orders.post(SoapVersion.SOAP_11, "order", "x").statusCode()).isEqualTo(202);
    assertThat(orders.door.taken).hasSize(1);
  }

  @Test
  void white_space_around_a_valid_body_does_not_matter() {
    var text = envelope(SoapVersion.SOAP_12, "\n  " + element("order", " x ") + "\n  ") + "\n";
    assertThat(orders.post(SoapVersion.SOAP_12, text).statusCode()).isEqualTo(202);
  }

  @Test
  void an_empty_body_is_valid_where_one_is_expected() {
    assertThat(orders.post(SoapVersion.SOAP_11, envelope(SoapVersion.SOAP_11, " ")).statusCode())
        .isEqualTo(202);
  }

  @Test
  void an_invalid_body_is_refused_with_what_is_wrong() {
    var text = envelope(SoapVersion.SOAP_12, element("order", "<surprise/>"));
    var response = orders.post(SoapVersion.SOAP_12, text);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("<f:InvalidMessage", "<f:operation>submit<", "The body does not fit its schema.");
    assertThat(orders.door.taken).isEmpty();
  }

  @Test
  void a_second_element_after_a_valid_one_is_refused() {
    var text = envelope(SoapVersion.SOAP_11, element("order", "x") + element("note", "x"));
    assertThat(orders.post(SoapVersion.SOAP_11, text).body()).contains("found a second");
    assertThat(orders.door.taken).isEmpty();
  }
}
