package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters are looked at, replayed and deleted, over real HTTP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLettersTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  private final AtomicInteger status = new AtomicInteger(404);
  private final BlockingQueue<String> payments = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway.Init")
  private HttpServer partner;

  @SuppressWarnings("NullAway.Init")
  private Claims claims;

  @BeforeEach
  void gateway_starts() throws Exception {
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    partner.createContext(
        "/",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          payments.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    partner.start();
    claims =
        new Claims(data, "http://127.0.0.1:%d/payments".formatted(partner.getAddress().getPort()));
  }

  @AfterEach
  void gateway_stops() {
    claims.close();
    partner.stop(0);
  }

  private int count(String filter) throws Exception {
    return claims.get("/dead-letters" + filter).get("deadLetters").size();
  }

  @Test
  void a_message_that_came_to_nobody_is_listed_and_shown() throws Exception {
    var id = claims.deadLetter(7);

    var listed = claims.get("/dead-letters").get("deadLetters");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("reason").asString()).isEqualTo("ConversationEnded");
    assertThat(listed.get(0).get("direction").asString()).isEqualTo("inbound");
    var shown = claims.get("/dead-letters/" + id);
    assertThat(shown.get("process").asString()).isEqualTo("claim");
    assertThat(shown.get("operation").asString()).isEqualTo("bank");
    assertThat(shown.get("body").asString())
        .endsWith("<claim>7</claim><iban>DE02</iban></account>");
    assertThat(shown.get("text").asString()).contains("byClaim=7");
    assertThat(shown.get("at").asString()).isNotEmpty();
  }

  @Test
  void they_are_filtered_and_paged() throws Exception {
    var first = claims.deadLetter(7);
    var second = claims.deadLetter(8);

    assertThat(count("?process=claim&operation=bank&direction=inbound")).isEqualTo(2);
    assertThat(count("?process=other")).isZero();
    assertThat(count("?operation=ban")).isZero();
    assertThat(count("?reason=Expired")).isZero();
    assertThat(count("?direction=outbound")).isZero();
    assertThat(count("?limit=1")).isEqualTo(1);
    var rest = claims.get("/dead-letters?after=" + first).get("deadLetters");
    assertThat(rest).hasSize(1);
    assertThat(rest.get(0).get("id").asString()).isEqualTo(second);
  }

  @Test
  void a_replay_that_is_refused_leaves_the_dead_letter() throws Exception {
    var id = claims.deadLetter(7);

    var replay = claims.ask("POST", "/dead-letters/" + id + "/replay", "");
    assertThat(replay.statusCode()).isEqualTo(410);
    assertThat(replay.body()).contains("TooLate");
    assertThat(count("")).isEqualTo(1);
  }

  @Test
  void a_replay_with_another_body_is_a_new_message_that_an_instance_takes() throws Exception {
    var id = claims.deadLetter(7);
    status.set(202);
    claims.open(8);
    claims.assess(8, true);

    var replay = claims.ask("POST", "/dead-letters/" + id + "/replay", Claims.account(8));
    assertThat(replay.statusCode()).isEqualTo(200);
    var reply = Claims.json(replay);
    assertThat(reply.get("state").asString()).isEqualTo("consumed");
    assertThat(reply.get("id").asString()).isNotEqualTo(id);
    assertThat(reply.get("deadLetter").asString()).isEqualTo(id);
    assertThat(count("")).isZero();
    assertThat(payments.poll(30, TimeUnit.SECONDS)).contains(">8<");
    assertThat(claims.ask("POST", "/dead-letters/" + id + "/replay", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_replay_may_wait_as_any_message() throws Exception {
    var id = claims.deadLetter(7);
    var replay = claims.ask("POST", "/dead-letters/" + id + "/replay", Claims.account(99));
    assertThat(replay.statusCode()).isEqualTo(202);
    assertThat(Claims.json(replay).get("state").asString()).isEqualTo("queued");
    assertThat(count("")).isZero();
    assertThat(claims.get("/queue").get("messages")).hasSize(1);
  }

  @Test
  void a_body_that_does_not_fit_the_schema_is_refused() throws Exception {
    var id = claims.deadLetter(7);
    var replay =
        claims.ask(
            "POST",
            "/dead-letters/" + id + "/replay",
            "<account xmlns=\"urn:example:claims\"><claim>eight</claim></account>");
    assertThat(replay.statusCode()).isEqualTo(422);
    assertThat(replay.body()).contains("does not fit the schema", "eight");
    var other = claims.ask("POST", "/dead-letters/" + id + "/replay", "<other/>");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("the element of operation 'bank'");
    assertThat(count("")).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void an_outbound_message_is_sent_again_with_the_same_id() throws Exception {
    claims.open(7);
    claims.assess(7, true);
    claims.bank(7);
    var first = payments.poll(30, TimeUnit.SECONDS);
    while (count("?direction=outbound") == 0) {
      Thread.onSpinWait();
    }
    var letter = claims.get("/dead-letters").get("deadLetters").get(0);
    assertThat(letter.get("reason").asString()).isEqualTo("DeliveryFailed");
    var path = "/dead-letters/" + letter.get("id").asString();
    assertThat(claims.get(path).get("endpoint").asString()).endsWith("/payments");
    assertThat(claims.get(path).get("attempts").asInt()).isEqualTo(1);
    assertThat(claims.ask("POST", path + "/replay", Claims.account(7)).statusCode()).isEqualTo(422);

    status.set(202);
    var replay = claims.ask("POST", path + "/replay", "");
    assertThat(replay.statusCode()).isEqualTo(202);
    assertThat(Claims.json(replay).get("state").asString()).isEqualTo("pending");
    var second = payments.poll(30, TimeUnit.SECONDS);
    assertThat(messageId(second)).isEqualTo(messageId(first));
    assertThat(count("")).isZero();
  }

  private static String messageId(String envelope) {
    var matcher = Pattern.compile("urn:uuid:[0-9a-f-]{36}").matcher(String.valueOf(envelope));
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }

  @Test
  void they_are_deleted_one_by_one_and_by_what_they_have_in_common() throws Exception {
    var first = claims.deadLetter(7);
    claims.deadLetter(8);
    claims.deadLetter(9);

    assertThat(claims.ask("DELETE", "/dead-letters/" + first, "").statusCode()).isEqualTo(200);
    assertThat(claims.ask("DELETE", "/dead-letters/" + first, "").statusCode()).isEqualTo(404);
    assertThat(claims.ask("DELETE", "/dead-letters", "").statusCode()).isEqualTo(400);
    var all = claims.ask("DELETE", "/dead-letters?reason=ConversationEnded&process=claim", "");
    assertThat(Claims.json(all).get("deleted").asInt()).isEqualTo(2);
    assertThat(count("")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /dead-letters?direction=up, 400",
    "GET, /dead-letters?after=nonsense, 400",
    "GET, /dead-letters?limit=0, 400",
    "GET, /dead-letters?state=dead, 400",
    "GET, /dead-letters/nonsense, 404",
    "GET, /dead-letters/06XZ3D3TM0400, 404",
    "POST, /dead-letters/06XZ3D3TM0400/replay, 404",
    "GET, /dead-letters/06XZ3D3TM0400/replay, 405",
    "PUT, /dead-letters, 405",
    "GET, /dead-letters/06XZ3D3TM0400/undo/it, 404"
  })
  void what_is_asked_wrongly_is_refused(String method, String path, int expected) throws Exception {
    assertThat(claims.ask(method, path, "").statusCode()).isEqualTo(expected);
  }
}
