package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.deployment.Bundles;
import dev.parley.model.TestConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Simple messages over real HTTP, to a whole gateway. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestTest {
  private static final Path STOCK = Path.of("src/test/resources/dev/parley/http/stock");
  private static final String JSON = "application/json";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @BeforeEach
  void gateway_starts() throws Exception {
    var config = TestConfig.in(data, 1000);
    gateway = Gateway.start(config, List.of(Bundles.read(STOCK)), _ -> {});
  }

  @AfterEach
  void gateway_stops() {
    gateway.close();
  }

  private HttpResponse<String> call(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.address() + path));
  }

  private HttpResponse<String> post(String path, String type, String payload) throws Exception {
    return call(at(path).header("Content-Type", type).POST(BodyPublishers.ofString(payload)));
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS * HTTP/1.1, 404",
  })
  void an_address_that_is_none_is_answered_by_a_problem(String line, String status)
      throws IOException {
    var base = URI.create(gateway.address());
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      String request = line + "\r\nHost: here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .contains("application/problem+json")
          .doesNotContain("Exception", "incident");
    }
  }

  @Test
  void a_refusal_of_what_was_not_read_says_that_the_connection_ends() throws IOException {
    var base = URI.create(gateway.address());
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      String head = "POST /messages/nobody HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 404").contains("Connection: close");
    }
  }

  private HttpResponse<String> wanted(String order) throws Exception {
    return post(
        "/messages/wanted", JSON, "{\"order\": %s, \"lines\": [{\"tea\": 2}]}".formatted(order));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.body()).contains("\"type\":\"" + type + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void a_message_starts_an_instance_and_is_consumed() throws Exception {
    var response = wanted("12345678");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("state").asString()).isEqualTo("consumed");
    assertThat(json(response).get("process").asString()).isEqualTo("shop");
    assertThat(json(response).get("instance").asString()).isNotEmpty();
  }

  @Test
  void a_key_that_the_caller_gives_finds_what_the_payload_of_another_message_set()
      throws Exception {
    var started = wanted("12345678");
    var paid = post("/messages/paid?key.byOrder=12345678", "text/plain", "cash");
    assertThat(paid.statusCode()).isEqualTo(200);
    assertThat(json(paid).get("instance")).isEqualTo(json(started).get("instance"));
  }

  @Test
  void a_simple_message_reaches_another_process_by_its_message_flow() throws Exception {
    assertThat(wanted("7").statusCode()).isEqualTo(200);
    var paid = post("/messages/paid?key.order=7", "text/plain", "cash");
    assertThat(paid.statusCode()).isEqualTo(200);
    // Whether the warehouse has begun already or not: its message waits for it.
    assertThat(post("/messages/packed?key.order=7", JSON, "").statusCode()).isIn(200, 202);
    settle();
    assertThat(count("instances")).isEqualTo(2);
    assertThat(count("liveInstances")).isZero();
  }

  private void settle() throws Exception {
    for (int i = 0; i < 2_000 && count("liveInstances") + count("pendingOutbox") > 0; i++) {
      assertThat(call(at("/health").GET()).statusCode()).isEqualTo(200);
    }
  }

  private long count(String what) {
    return Objects.requireNonNull(gateway.store().counts().get(what), what);
  }

  @Test
  void a_message_that_is_early_is_queued_and_consumed_later() throws Exception {
    var early = post("/messages/paid?key.order=8", "text/plain", "cash");
    assertThat(early.statusCode()).isEqualTo(202);
    assertThat(json(early).get("state").asString()).isEqualTo("queued");
    assertThat(json(early).has("expires")).isTrue();
    // What it is written in and the key that was given are stored with it.
    gateway.close();
    gateway_starts();
    var started = wanted("8");
    assertThat(json(started).get("state").asString()).isEqualTo("consumed");
    assertThat(post("/messages/packed?key.order=8", JSON, "").statusCode()).isIn(200, 202);
    settle();
    assertThat(count("instances")).isEqualTo(2);
  }

  @Test
  void a_repetition_gets_the_earlier_outcome() throws Exception {
    var first = idempotent("{\"order\":9}");
    var second = idempotent("{\"order\":9}");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(count("instances")).isEqualTo(1);
    assertProblem(idempotent("{\"order\":10}"), 409, "urn:parley:fault:1:IdentityReused");
  }

  private HttpResponse<String> idempotent(String payload) throws Exception {
    return call(
        at("/messages/wanted")
            .header("Content-Type", JSON)
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString(payload)));
  }

  @Test
  void a_message_nobody_takes_is_not_found() throws Exception {
    assertProblem(
        post("/messages/unheard", JSON, "{}"), 404, "urn:parley:fault:1:UnknownOperation");
    assertProblem(
        post("/messages/paid?process=warehouse&key.order=1", JSON, "{}"),
        404,
        "urn:parley:fault:1:UnknownOperation");
  }

  @Test
  void a_key_that_is_held_already_is_a_conflict() throws Exception {
    assertThat(wanted("1").statusCode()).isEqualTo(200);
    assertProblem(wanted("1"), 409, "urn:parley:fault:1:CorrelationViolation");
  }

  @Test
  void a_message_to_a_conversation_that_is_over_is_too_late() throws Exception {
    assertThat(wanted("2").statusCode()).isEqualTo(200);
    assertThat(post("/messages/paid?key.order=2", JSON, "1").statusCode()).isEqualTo(200);
    assertProblem(post("/messages/paid?key.order=2", JSON, "1"), 410, "urn:parley:fault:1:TooLate");
  }

  @Test
  void a_message_without_a_usable_key_is_invalid() throws Exception {
    assertProblem(post("/messages/paid", JSON, "1"), 422, "urn:parley:fault:1:InvalidMessage");
    var unknown = post("/messages/paid?key.colour=red", JSON, "1");
    assertProblem(unknown, 422, "urn:parley:fault:1:InvalidMessage");
    assertThat(unknown.body()).contains("byOrder, order, region", "'colour'");
    assertProblem(
        post("/messages/wanted?key.order=5", JSON, "{\"order\": 6}"),
        422,
        "urn:parley:fault:1:InvalidMessage");
  }

  @Test
  void a_full_queue_says_when_to_come_again() throws Exception {
    assertThat(post("/messages/paid?key.order=3", JSON, "1").statusCode()).isEqualTo(202);
    var full = post("/messages/paid?key.order=3", JSON, "2");
    assertProblem(full, 503, "urn:parley:fault:1:QueueFull");
    assertThat(full.headers().firstValue("Retry-After")).contains("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"order\":|400",
        "application/json|{\"a\":1,\"a\":2}|400",
        "application/xml|<a><b></a>|400",
        "application/xml|<!DOCTYPE a><a/>|400",
        "application/octet-stream|x|415",
        "text/plain; charset=latin1|x|415"
      })
  void what_is_no_payload_is_refused(String type, String payload, int status) throws Exception {
    assertProblem(post("/messages/wanted", type, payload), status, "about:blank");
  }

  @Test
  void a_payload_beyond_the_limit_is_refused() throws Exception {
    assertProblem(post("/messages/wanted", "text/plain", "x".repeat(1001)), 413, "about:blank");
  }

  @Test
  void a_wrong_method_is_told_the_right_one() throws Exception {
    var response = call(at("/messages/wanted").GET());
    assertProblem(response, 405, "about:blank");
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void a_process_with_a_none_start_event_is_started() throws Exception {
    var started = call(at("/processes/audit/instances").POST(BodyPublishers.noBody()));
    assertThat(started.statusCode()).isEqualTo(201);
    assertThat(json(started).get("instance").asString()).isNotEmpty();
    assertProblem(
        call(at("/processes/shop/instances").POST(BodyPublishers.noBody())),
        404,
        "urn:parley:fault:1:UnknownOperation");
  }

  @Test
  void a_gateway_that_serves_is_ready() throws Exception {
    var health = call(at("/health").GET());
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"ready\"}\n");
  }

  @Test
  void soap_is_still_there_beside_it() throws Exception {
    assertThat(call(at("/services/none/none").GET()).body())
        .isEqualTo("There is no service at this address.\n");
  }
}
