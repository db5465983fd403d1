package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.delivery.ReplyAddresses;
import dev.parley.deployment.ServicePort;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.server.HttpServer;
import dev.parley.wsdl.SchemaSet;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleTest {
  private static final ServicePort PORT_11 = Orders.port(SoapVersion.SOAP_11);
  private static final ServicePort PORT_12 = Orders.port(SoapVersion.SOAP_12);

  @Test
  void the_wsdl_has_the_addresses_it_was_asked_at_for_all_ports() {
    try (var orders = HostedOrders.start()) {
      var page = get(orders, "/services/shop/Orders11?wsdl");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains(
              "location=\"" + orders.address(SoapVersion.SOAP_11) + "\"",
              "location=\"" + orders.address(SoapVersion.SOAP_12) + "\"")
          .doesNotContain("example.invalid");
      var schema = get(orders, "/services/shop/Orders11?xsd=order-types.xsd");
      assertThat(page.body())
          .contains(orders.address(SoapVersion.SOAP_11) + "?xsd=order-types.xsd");
      assertThat(schema.body()).contains("outOfStock");
    }
  }

  @Test
  void the_wsdl_has_the_public_address_where_there_is_one() {
    var settings =
        new SoapSettings(
            "https://gateway.example/",
            100_000,
            false,
            Duration.ofSeconds(30),
            ReplyAddresses.NONE);
    try (var orders = new HostedOrders(settings)) {
      assertThat(get(orders, "/services/shop/Orders12?wsdl").body())
          .contains(
              "location=\"https://gateway.example/services/shop/Orders11\"",
              "location=\"https://gateway.example/services/shop/Orders12\"",
              "https://gateway.example/services/shop/Orders12?xsd=")
          .doesNotContain("localhost");
    }
  }

  @Test
  void responses_do_not_name_the_server() {
    try (var orders = HostedOrders.start()) {
      assertThat(get(orders, "/services/shop/Orders11?wsdl").headers().firstValue("Server"))
          .isEmpty();
      assertThat(orders.post(SoapVersion.SOAP_11, "note", "x").headers().firstValue("Server"))
          .isEmpty();
    }
  }

  @Test
  void a_port_in_use_is_said_in_one_line() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new HttpServer("localhost", taken.getLocalPort(), List.of()))
          .withMessage(
              "Cannot listen on localhost:%d: the address is in use by another program. Stop it,"
                  + " or configure another port.",
              taken.getLocalPort());
    }
  }

  @Test
  void a_port_that_is_hosted_no_more_is_gone_and_one_that_is_new_is_there() {
    try (var orders =
        new HostedOrders(HostedOrders.settings(Duration.ofSeconds(30)), List.of(PORT_11))) {
      assertThat(orders.post(SoapVersion.SOAP_12, "note", "x").statusCode()).isEqualTo(404);
      orders.hosting.host(List.of(PORT_12));
      assertThat(orders.post(SoapVersion.SOAP_12, "note", "x").statusCode()).isEqualTo(202);
      assertThat(orders.post(SoapVersion.SOAP_11, "note", "x").statusCode()).isEqualTo(404);
      orders.hosting.host(List.of());
      assertThat(orders.post(SoapVersion.SOAP_12, "note", "x").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void an_edited_document_is_published_anew(@TempDir Path folder) throws IOException {
    var file = folder.resolve("order.wsdl");
    Files.copy(Orders.file().resolveSibling("order-types.xsd"), folder.resolve("order-types.xsd"));
    Files.copy(Orders.file(), file);
    var port = Orders.port(SoapVersion.SOAP_11, Orders.service(), file, SchemaSet.NONE);
    try (var orders =
        new HostedOrders(HostedOrders.settings(Duration.ofSeconds(30)), List.of(port))) {
      assertThat(get(orders, "/services/shop/Orders11?wsdl").body()).doesNotContain("edited");
      var text =
          Files.readString(file).replace("</xs:schema>", "<xs:element name='edited'/></xs:schema>");
      Files.writeString(file, text);
      orders.hosting.host(List.of(port));
      assertThat(get(orders, "/services/shop/Orders11?wsdl").body()).contains("edited");
    }
  }

  @Test
  void a_document_that_announces_addressing_is_hosted(@TempDir Path folder) throws IOException {
    var assertion = "<wsam:Addressing xmlns:wsam='http://www.w3.org/2007/05/addressing/metadata'/>";
    try (var orders = hosted(withPolicy(folder, assertion))) {
      orders.door.answer(new Answer.Reply(Body.of("<r/>")));
      assertThat(orders.post(SoapVersion.SOAP_11, "order", "x").body()).contains("<r/>");
    }
  }

  @Test
  void a_document_that_asks_for_message_security_is_refused(@TempDir Path folder)
      throws IOException {
    var port =
        withPolicy(
            folder,
            "<sp:SignedParts"
                + " xmlns:sp='http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702'/>");
    try (var orders = hosted(PORT_12)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> orders.hosting.host(List.of(PORT_12, port)))
          .withMessageContaining("SignedParts, which the gateway cannot enforce");
      assertThat(orders.post(SoapVersion.SOAP_12, "note", "x").statusCode()).isEqualTo(202);
    }
  }

  private static HostedOrders hosted(ServicePort port) {
    return new HostedOrders(HostedOrders.settings(Duration.ofSeconds(30)), List.of(port));
  }

  private static ServicePort withPolicy(Path folder, String assertion) throws IOException {
    var start = "<wsdl:binding name=\"Orders11\" type=\"tns:Orders\">";
    var policy =
        "<wsp:Policy xmlns:wsp='http://www.w3.org/ns/ws-policy'>" + assertion + "</wsp:Policy>";
    var file = folder.resolve("order.wsdl");
    Files.copy(Orders.file().resolveSibling("order-types.xsd"), folder.resolve("order-types.xsd"));
    Files.writeString(file, Files.readString(Orders.file()).replace(start, start + policy));
    return Orders.port(SoapVersion.SOAP_11, Orders.service(), file, SchemaSet.NONE);
  }

  @Test
  void an_exchange_under_way_outlives_the_redeployment_of_its_port() throws Exception {
    try (var orders = HostedOrders.start()) {
      var answer = new CompletableFuture<Answer>();
      orders.door.script = _ -> answer;
      var response = async(orders);
      orders.door.arrival();
      orders.hosting.host(List.of());
      answer.complete(new Answer.Reply(Body.of("<late/>")));
      assertThat(response.get().body()).contains("<late/>");
    }
  }

  @Test
  void a_stop_lets_exchanges_under_way_finish_and_takes_no_new_ones() throws Exception {
    var orders = HostedOrders.start();
    var answer = new CompletableFuture<Answer>();
    orders.door.script = _ -> answer;
    var response = async(orders);
    orders.door.arrival();
    var late = HttpRequest.newBuilder(URI.create(orders.address(SoapVersion.SOAP_11)));
    var stopped = CompletableFuture.runAsync(orders::close, task -> Thread.ofVirtual().start(task));
    assertThat(stopped).isNotDone();
    answer.complete(new Answer.Reply(Body.of("<last/>")));
    assertThat(response.get().body()).contains("<last/>");
    stopped.get();
    assertThatIllegalStateException().isThrownBy(() -> orders.send(late));
  }

  private static CompletableFuture<HttpResponse<String>> async(HostedOrders orders) {
    var entity =
        envelope(SoapVersion.SOAP_11, element("order", "x")).getBytes(StandardCharsets.UTF_8);
    return HostedOrders.HTTP.sendAsync(
        orders.request(SoapVersion.SOAP_11, entity).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HostedOrders orders, String path) {
    return orders.send(HttpRequest.newBuilder(URI.create(orders.base() + path)));
  }
}
