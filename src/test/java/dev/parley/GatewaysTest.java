package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.Bundle;
import dev.parley.deployment.Bundles;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two whole gateways over real HTTP, on one database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatewaysTest {
  private static final Path BUNDLES = Path.of("conformance/duplicates");

  @TempDir private Path data = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private PostgresScratch database;
  private Gateway one;
  private Gateway other;

  @BeforeEach
  void starts() throws Exception {
    database = TestDatabase.empty();
    one = start("one");
    other = start("other");
  }

  @AfterEach
  void ends() throws Exception {
    one.close();
    other.close();
    database.close();
    client.close();
  }

  @Test
  void a_caller_at_one_gets_the_reply_that_a_message_at_the_other_brings_about() throws Exception {
    var reply = book(one, "1");
    until(() -> isRunning());

    assertThat(confirm(other, "1").join().statusCode()).isEqualTo(202);

    assertThat(reply.join().body()).contains("receipt").contains(">1<");
  }

  @Test
  void a_duplicate_at_the_other_joins_the_wait_and_both_get_one_reply() throws Exception {
    var first = book(one, "2");
    until(() -> isRunning());
    var again = book(other, "2");

    assertThat(confirm(one, "2").join().statusCode()).isEqualTo(202);

    assertThat(again.join().body()).isEqualTo(first.join().body()).contains("receipt");
    assertThat(one.store().counts()).containsEntry("liveInstances", 1L);
  }

  @Test
  void who_waits_at_one_that_ends_asks_the_other_and_gets_the_reply() throws Exception {
    var lost = book(one, "3");
    until(() -> isRunning());
    one.close();
    assertThat(lost.join().statusCode()).isEqualTo(503);

    var again = book(other, "3");
    assertThat(confirm(other, "3").join().statusCode()).isEqualTo(202);

    assertThat(again.join().body()).contains("receipt");
    assertThat(other.store().counts()).containsEntry("liveInstances", 1L);
  }

  @Test
  void what_one_deploys_the_other_runs() throws Exception {
    assertThat(one.deploy(bundle("quiet"))).isTrue();

    until(() -> other.services().size() == one.services().size());

    assertThat(other.deploy(bundle("quiet"))).isFalse();
    assertThat(one.store().deployments()).hasSize(2);
  }

  @Test
  void gateways_that_start_at_the_same_moment_deploy_a_bundle_once() throws Exception {
    one.close();
    other.close();
    database.close();
    database = TestDatabase.empty();
    var starting = CompletableFuture.supplyAsync(() -> startedNow("one"));
    other = start("other");
    one = starting.join();

    assertThat(one.store().deployments()).hasSize(1);
    assertThat(one.services()).hasSameSizeAs(other.services());
  }

  private Gateway startedNow(String name) {
    try {
      return start(name);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isRunning() {
    return Long.valueOf(1).equals(one.store().counts().get("liveInstances"));
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<HttpResponse<String>> book(Gateway gateway, String number) {
    return send(
        gateway,
        "<l:entry xmlns:l='urn:example:ledger'><l:number>%s</l:number><l:text>tea</l:text></l:entry>"
            .formatted(number),
        "entry-" + number);
  }

  private CompletableFuture<HttpResponse<String>> confirm(Gateway gateway, String number) {
    return send(
        gateway,
        ("<l:confirmation xmlns:l='urn:example:ledger'><l:number>%s</l:number>"
                + "<l:verdict>yes</l:verdict></l:confirmation>")
            .formatted(number),
        "confirmation-" + number);
  }

  private CompletableFuture<HttpResponse<String>> send(Gateway gateway, String body, String key) {
    var service =
        gateway.services().stream().filter(s -> s.contains("/booking/")).findFirst().orElseThrow();
    var request =
        HttpRequest.newBuilder(URI.create(service))
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("Idempotency-Key", key)
            .POST(
                BodyPublishers.ofString(
                    "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
                        + body
                        + "</s:Body></s:Envelope>"))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private Gateway start(String name) throws Exception {
    var base = Config.DEFAULT;
    var config =
        new Config(
            base.host(),
            0,
            data.resolve(name),
            new StoreSettings(database.address().url(), "postgres", "postgres"),
            null,
            base.maxMessageBytes(),
            true,
            base.replyWithin(),
            base.replyAddresses(),
            base.partners());
    return Gateway.start(config, List.of(bundle("ledger")), _ -> {});
  }

  private static Bundle bundle(String name) throws Exception {
    return Bundles.read(BUNDLES.resolve(name));
  }
}
