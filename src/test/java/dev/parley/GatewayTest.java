package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.config.Config;
import dev.parley.deployment.Bundles;
import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway over real HTTP, with a partner that is a real HTTP server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GatewayTest {
  private static final String ORDER =
      "<o:order xmlns:o='urn:example:order'><o:orderId>%s</o:orderId><o:article>tea</o:article>"
          + "<o:quantity>2</o:quantity></o:order>";
  private static final String PAYMENT =
      "<o:payment"
          + " xmlns:o='urn:example:order'><o:orderId>%s</o:orderId><o:amount>7</o:amount></o:payment>";
  private static final String ADDRESS =
      "<o:address xmlns:o='urn:example:order'><o:orderId>%s</o:orderId><o:line>1 Main"
          + " St</o:line></o:address>";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> reserved = new CopyOnWriteArrayList<>();
  private String supplierSays =
      "<s:reserved xmlns:s='urn:example:supplier'><s:reservation>R1</s:reservation></s:reserved>";
  private int supplierStatus = 200;

  @SuppressWarnings("NullAway.Init")
  private HttpServer supplier;

  @BeforeEach
  void supplier_listens() throws IOException {
    supplier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    supplier.createContext(
        "/supplier",
        exchange -> {
          reserved.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = envelope(supplierSays).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
          exchange.sendResponseHeaders(supplierStatus, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    supplier.start();
  }

  @AfterEach
  void supplier_goes() {
    supplier.stop(0);
  }

  @Test
  void an_early_message_a_partner_and_a_late_reply_make_one_conversation() throws Exception {
    try (var gateway = start()) {
      assertThat(send(gateway, ADDRESS, "7").statusCode()).isEqualTo(202);
      var caller = sendAsync(gateway, ORDER, "7");
      // Whichever comes first, order or payment: the payment waits for the order.
      assertThat(send(gateway, PAYMENT, "7").statusCode()).isEqualTo(202);

      var reply = caller.join();

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.body())
          .contains(">7</o:orderId>", "<o:reservation>R1<", "<o:shipTo>1 Main St<");
      assertThat(reserved).hasSize(1);
    }
  }

  @Test
  void a_fault_of_the_partner_becomes_the_declared_fault_of_the_process() throws Exception {
    supplierSays =
        "<s:Fault"
            + " xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><faultcode>s:Server</faultcode><faultstring>none"
            + " left</faultstring><detail><x:outOfStock xmlns:x='urn:example:supplier'>"
            + "<x:article>tea</x:article></x:outOfStock></detail></s:Fault>";
    supplierStatus = 500;
    try (var gateway = start()) {
      assertThat(send(gateway, ADDRESS, "8").statusCode()).isEqualTo(202);
      var caller = sendAsync(gateway, ORDER, "8");
      send(gateway, PAYMENT, "8");

      var reply = caller.join();

      assertThat(reply.statusCode()).isEqualTo(500);
      assertThat(reply.body()).contains(":rejected", "out of stock");
    }
  }

  @Test
  void what_waited_before_a_restart_is_found_after_it() throws Exception {
    try (var gateway = start()) {
      assertThat(send(gateway, ADDRESS, "9").statusCode()).isEqualTo(202);
      assertThat(send(gateway, PAYMENT, "9").statusCode()).isEqualTo(202);
    }
    try (var gateway = start()) {
      var reply = sendAsync(gateway, ORDER, "9").join();

      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(gateway.store().deployments()).hasSize(1);
    }
  }

  @Test
  void a_caller_that_waits_is_told_at_once_when_the_gateway_stops() throws Exception {
    var stopping = start();
    var caller = sendAsync(stopping, ORDER, "12");
    awaitLiveInstance(stopping);
    long began = System.nanoTime();

    stopping.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    var told = caller.join();
    assertThat(told.statusCode()).isEqualTo(503);
    assertThat(told.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(told.body()).contains(":Fault>", "The gateway stops", ":Envelope>");
    assertThatItsDataIsFreeAndHasOneLiveInstance();
  }

  @Test
  void a_part_that_fails_to_stop_does_not_keep_the_store_from_closing() throws Exception {
    var stopping = start(Path.of("patterns/order"), new Unstoppable());
    var caller = sendAsync(stopping, ORDER, "13");
    awaitLiveInstance(stopping);

    assertThatThrownBy(stopping::close)
        .hasMessage("The gateway did not stop cleanly")
        .hasRootCauseMessage("parley-alarm goes on");

    assertThat(caller.join().statusCode()).isEqualTo(503);
    assertThatItsDataIsFreeAndHasOneLiveInstance();
  }

  /** What is called again and again cannot be ended. */
  private static final class Unstoppable implements Time {
    @Override
    public Instant instant() {
      return REAL.instant();
    }

    @Override
    public Beat every(String name, Duration tick, Runnable task) {
      return () -> {
        throw new IllegalStateException(name + " goes on");
      };
    }
  }

  private void assertThatItsDataIsFreeAndHasOneLiveInstance() throws Exception {
    try (var gateway = start()) {
      assertThat(gateway.store().counts()).containsEntry("liveInstances", 1L);
    }
  }

  @Test
  void an_instance_stays_on_the_version_it_began_with() throws Exception {
    var bundle = Files.createDirectory(data.resolve("order"));
    for (String file : List.of("order.bpmn", "order.wsdl", "supplier.wsdl")) {
      Files.copy(Path.of("patterns/order").resolve(file), bundle.resolve(file));
    }
    try (var gateway = start(bundle)) {
      var caller = sendAsync(gateway, ORDER, "10");
      awaitLiveInstance(gateway);
      send(gateway, ADDRESS, "10");
      var model = bundle.resolve("order.bpmn");
      Files.writeString(
          model, Files.readString(model).replace("{string($address/o:line)}", "changed"));
      assertThat(gateway.deploy(Bundles.read(bundle))).isTrue();
      assertThat(gateway.deploy(Bundles.read(bundle))).isFalse();
      send(gateway, PAYMENT, "10");

      assertThat(caller.join().body()).contains("<o:shipTo>1 Main St<");
      send(gateway, ADDRESS, "11");
      send(gateway, PAYMENT, "11");
      assertThat(sendAsync(gateway, ORDER, "11").join().body()).contains("<o:shipTo>changed<");
    }
  }

  private Gateway start() throws StoreUnusable, RefusedException, IOException {
    return start(Path.of("patterns/order"));
  }

  private Gateway start(Path bundle) throws StoreUnusable, RefusedException, IOException {
    return start(bundle, Time.REAL);
  }

  private Gateway start(Path bundle, Time time)
      throws StoreUnusable, RefusedException, IOException {
    var base = Config.DEFAULT;
    String address = "http://127.0.0.1:%d/supplier".formatted(supplier.getAddress().getPort());
    var config =
        new Config(
            base.host(),
            0,
            data.resolve("data"),
            base.store(),
            null,
            base.maxMessageBytes(),
            true,
            Duration.ofSeconds(20),
            List.of(),
            Map.of("supplier", address));
    var given = new Surroundings(time, _ -> {}, new Surroundings.Borders() {});
    return Gateway.start(config, List.of(Bundles.read(bundle)), given);
  }

  private static void awaitLiveInstance(Gateway gateway) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (gateway.store().counts().getOrDefault("liveInstances", 0L) == 0) {
      assertThat(System.nanoTime()).as("an instance starts in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private HttpResponse<String> send(Gateway gateway, String body, String key) {
    return sendAsync(gateway, body, key).join();
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(
      Gateway gateway, String body, String key) {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.address() + "/services/order/orders"))
            .header("Content-Type", "text/xml; charset=utf-8")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(envelope(body.formatted(key))))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private static String envelope(String body) {
    return "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>%s</e:Body></e:Envelope>"
        .formatted(body);
  }
}
