package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.Bundles;
import dev.parley.store.Cable;
import dev.parley.store.PostgresScratch;
import dev.parley.store.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway over real HTTP, on a database whose wire is cut. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GatewayOnPostgresTest {
  private static final String ENVELOPE =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
          + "<o:payment xmlns:o='urn:example:order'><o:orderId>ORDER</o:orderId>"
          + "<o:amount>7</o:amount></o:payment></s:Body></s:Envelope>";

  @TempDir private Path data = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private PostgresScratch database;
  private Cable cable;

  @BeforeEach
  void lays() throws Exception {
    database = TestDatabase.empty();
    cable = new Cable(TestDatabase.port());
  }

  @AfterEach
  void clears() throws Exception {
    cable.close();
    database.close();
    client.close();
  }

  @Test
  void while_the_database_is_away_messages_are_refused_and_then_it_goes_on_by_itself()
      throws Exception {
    try (var gateway = start()) {
      assertThat(pay(gateway, "1").statusCode()).isEqualTo(202);

      cable.cut();
      var refused = pay(gateway, "2");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("Send it again later").doesNotContain("127.0.0.1");
      assertThat(gateway.broken()).isNotDone();

      cable.mend();
      assertThat(pay(gateway, "2").statusCode()).isEqualTo(202);
      assertThat(gateway.store().counts()).containsEntry("waitingMessages", 2L);
    }
  }

  @Test
  void what_waited_before_a_restart_waits_after_it() throws Exception {
    try (var gateway = start()) {
      assertThat(pay(gateway, "1").statusCode()).isEqualTo(202);
    }
    try (var gateway = start()) {
      assertThat(gateway.store().counts()).containsEntry("waitingMessages", 1L);
      assertThat(gateway.store().deployments()).hasSize(1);
    }
  }

  private Gateway start() throws Exception {
    String url =
        database.address().url().replaceFirst("localhost:\\d+", "127.0.0.1:" + cable.port());
    var base = Config.DEFAULT;
    var config =
        new Config(
            base.host(),
            0,
            data.resolve("data"),
            new StoreSettings(url, "postgres", "postgres"),
            null,
            base.maxMessageBytes(),
            true,
            base.replyWithin(),
            base.replyAddresses(),
            base.partners());
    return Gateway.start(config, List.of(Bundles.read(Path.of("patterns/order"))), _ -> {});
  }

  private HttpResponse<String> pay(Gateway gateway, String order) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.services().getFirst()))
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(BodyPublishers.ofString(ENVELOPE.replace("ORDER", order)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
