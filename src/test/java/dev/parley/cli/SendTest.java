package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.Bundles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendTest {
  private static final String ORDER = "patterns/order";
  private static final String ORDER_BODY =
      """
      <o:order xmlns:o="urn:example:order"><o:orderId>7</o:orderId>
        <o:article>pot</o:article><o:quantity>1</o:quantity></o:order>
      """;

  @TempDir private Path folder = Path.of("");
  private String gateway = "";
  private AutoCloseable running = () -> {};

  @BeforeAll
  void start() throws Exception {
    var config =
        new Config(
            "127.0.0.1",
            0,
            folder.resolve("data"),
            StoreSettings.EMBEDDED,
            null,
            100_000,
            true,
            Duration.ofSeconds(5),
            List.of(),
            Map.of());
    var started = Gateway.start(config, Bundles.find(List.of(Path.of(ORDER))), _ -> {});
    gateway = started.address();
    running = started;
  }

  @AfterAll
  void stop() throws Exception {
    running.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"place", "pay", "deliverTo"})
  void the_example_of_every_operation_fits_its_schema(String operation) {
    var printed = Ran.parley("send", ORDER, operation, "--print");

    assertThat(printed.err()).isEmpty();
    assertThat(printed.exitCode()).isZero();
  }

  @Test
  void the_example_of_an_rpc_operation_is_its_wrapper_with_its_parts() {
    var printed = Ran.parley("send", "src/test/resources/soap/rpc", "quote", "--print");

    assertThat(printed.err()).isEmpty();
    assertThat(printed.out())
        .contains("<quote xmlns=\"urn:example:quotes\">", "<customer xmlns=\"\">customer-1<");
  }

  @Test
  void print_shows_the_envelope_with_the_values_given_and_sends_nothing() {
    var printed = Ran.parley("send", ORDER, "pay", "--print", "--key", "orderId=4711");

    assertThat(printed.out())
        .isEqualTo(
            """
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
              <soap:Body>
                <payment xmlns="urn:example:order">
                  <orderId>4711</orderId>
                  <amount>9.50</amount>
                </payment>
              </soap:Body>
            </soap:Envelope>
            """);
  }

  @Test
  void a_body_element_is_put_into_an_envelope_and_an_envelope_stays_one() throws IOException {
    var body = Files.writeString(folder.resolve("body.xml"), ORDER_BODY);
    var printed = Ran.parley("send", ORDER, "place", "--print", "--body", body.toString());
    var envelope = Files.writeString(folder.resolve("envelope.xml"), printed.out());

    var again = Ran.parley("send", ORDER, "place", "--print", "--body", envelope.toString());

    assertThat(SoapText.shortened(printed.out()))
        .isEqualTo(
            "<order><orderId>7</orderId><article>pot</article><quantity>1</quantity></order>");
    assertThat(again.out().strip()).isEqualTo(printed.out().strip());
  }

  @Test
  void a_one_way_message_is_accepted() {
    var sent = Ran.parley("send", ORDER, "pay", "--to", gateway, "--id", "once");

    assertThat(sent.exitCode()).isZero();
    assertThat(sent.out())
        .startsWith("POST " + gateway + "/services/order/orders\n")
        .contains("SOAPAction: \"urn:example:order:pay\"", "Idempotency-Key: once")
        .endsWith("\nHTTP 202\n");
  }

  @Test
  void a_fault_is_shown_and_the_exit_code_is_1() {
    var sent = Ran.parley("send", ORDER, "pay", "--to", gateway, "--key", "amount=much");

    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.err()).startsWith("parley: does not fit the schema: ");
    assertThat(sent.out()).contains("HTTP 500").contains("InvalidMessage");
  }

  @Test
  void json_has_the_request_and_the_answer_in_one_line() {
    var sent = Ran.parley("send", ORDER, "pay", "--to", gateway, "--json");

    assertThat(sent.out()).hasLineCount(1);
    var json = JsonMapper.shared().readTree(sent.out());
    assertThat(json.get("to").asString()).isEqualTo(gateway + "/services/order/orders");
    assertThat(json.get("status").asInt()).isEqualTo(202);
    assertThat(json.get("request").asString()).contains("<payment");
  }

  @Test
  void where_nothing_listens_one_line_says_so() throws IOException {
    String nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + socket.getLocalPort();
    }

    var sent = Ran.parley("send", ORDER, "pay", "--to", nobody, "--json");

    assertThat(sent.exitCode()).isEqualTo(1);
    assertThat(sent.err().lines())
        .containsExactly(
            "parley: nothing listens at %s/services/order/orders; start a gateway with 'parley run', or name another address with --to."
                .formatted(nobody));
  }

  @Test
  void an_address_that_is_none_is_refused() {
    isUnusable(
        Ran.parley("send", ORDER, "pay", "--to", "shop"),
        "parley: --to: expected an address such as http://name:8080, but found 'shop'.");
  }

  @Test
  void an_operation_that_is_unknown_is_answered_with_those_there_are() {
    isUnusable(
        Ran.parley("send", ORDER, "cancel"),
        "parley: Expected an operation 'cancel' of one process in patterns/order, but found none;"
            + " there are (process/operation): order/deliverTo, order/pay, order/place.");
  }

  @Test
  void a_key_that_no_element_bears_is_answered_with_those_there_are() {
    isUnusable(
        Ran.parley("send", ORDER, "pay", "--key", "id=1"),
        "parley: Expected an element 'id' in the message, but it has: orderId, amount.");
  }

  @Test
  void a_body_that_is_missing_or_is_no_xml_is_refused() throws IOException {
    var text = Files.writeString(folder.resolve("text.xml"), "order please");

    isUnusable(
        Ran.parley("send", ORDER, "pay", "--body", "no-such.xml"),
        "parley: Expected a file with a SOAP body or envelope at no-such.xml, but there is none.");
    var sent = Ran.parley("send", ORDER, "pay", "--body", text.toString());
    assertThat(sent.err())
        .startsWith("parley: Expected well-formed XML in " + text)
        .hasLineCount(1);
    assertThat(sent.exitCode()).isEqualTo(2);
  }

  private static void isUnusable(Ran run, String line) {
    assertThat(run.err().lines()).containsExactly(line);
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
