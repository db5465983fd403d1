package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The queue, subscriptions and explanations, over real HTTP. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private Claims claims;

  @BeforeEach
  void gateway_starts() throws Exception {
    claims = new Claims(data);
  }

  @AfterEach
  void gateway_stops() {
    claims.close();
  }

  private JsonNode explained(String query, String xml) throws Exception {
    var response = claims.ask("POST", "/explain" + query, xml);
    assertThat(response.body()).contains("\"process\":\"claim\"");
    return Claims.json(response);
  }

  private static String rule(JsonNode explanation) {
    return explanation.get("decision").get("rule").asString();
  }

  private static String state(JsonNode explanation) {
    return explanation.get("decision").get("outcome").get("state").asString();
  }

  @Test
  void the_queue_says_what_waits_and_why() throws Exception {
    var instance = claims.open(7).get("instance").asString();
    claims.bank(7);
    claims.bank(8);

    var queue = claims.get("/queue");
    assertThat(queue.get("messages")).hasSize(2);
    var early = queue.get("messages").get(0);
    assertThat(early.get("why").asString()).isEqualTo("early");
    assertThat(early.get("instances").get(0).asString()).isEqualTo(instance);
    assertThat(early.get("keys").get(0).asString()).isEqualTo("byClaim=7");
    assertThat(early.get("bytes").asInt()).isGreaterThan(Claims.account(7).length());
    assertThat(early.has("expires")).isFalse();
    var unknown = queue.get("messages").get(1);
    assertThat(unknown.get("why").asString()).isEqualTo("unknown");
    var hourLater = Instant.parse(unknown.get("since").asString()).plusSeconds(3600);
    assertThat(Instant.parse(unknown.get("expires").asString()))
        .isBetween(hourLater, hourLater.plusSeconds(60));
    assertThat(queue.get("counts").get(0).get("messages").asInt()).isEqualTo(2);
    assertThat(claims.get("/queue?operation=assessed").get("messages")).isEmpty();
    assertThat(claims.get("/queue?process=claim&operation=bank&limit=1").get("messages"))
        .hasSize(1);
    var path = "/queue/" + unknown.get("id").asString();
    assertThat(claims.get(path).get("body").asString())
        .endsWith("<claim>8</claim><iban>DE02</iban></account>");
  }

  @Test
  void a_message_that_an_operator_removes_is_discarded_and_no_dead_letter() throws Exception {
    claims.bank(8);
    var id = claims.get("/queue").get("messages").get(0).get("id").asString();

    var removed = claims.ask("DELETE", "/queue/" + id, "");
    assertThat(Claims.json(removed).get("state").asString()).isEqualTo("discarded");
    assertThat(claims.get("/queue").get("messages")).isEmpty();
    assertThat(claims.get("/dead-letters").get("deadLetters")).isEmpty();
    assertThat(claims.get("/explain/" + id).get("state").asString()).isEqualTo("discarded");
    assertThat(claims.ask("DELETE", "/queue/" + id, "").statusCode()).isEqualTo(404);
    claims.open(8);
    assertThat(claims.assess(8, true).get("state").asString()).isEqualTo("consumed");
    assertThat(claims.get("/subscriptions?operation=bank").get("subscriptions")).hasSize(1);
  }

  @Test
  void subscriptions_say_who_waits_where_for_which_key_since_when() throws Exception {
    var before = Instant.now().minusMillis(1);
    var first = claims.open(7).get("instance").asString();
    claims.open(8);
    claims.assess(8, true);

    var all = claims.get("/subscriptions");
    assertThat(all.get("subscriptions")).hasSize(2);
    var assessing = all.get("subscriptions").get(0);
    assertThat(assessing.get("instance").asString()).isEqualTo(first);
    assertThat(assessing.get("element").asString()).isEqualTo("assessing");
    assertThat(assessing.get("operation").asString()).isEqualTo("assessed");
    assertThat(assessing.get("keys").get(0).asString()).isEqualTo("byClaim=7");
    assertThat(Instant.parse(assessing.get("since").asString())).isBetween(before, Instant.now());
    assertThat(all.has("next")).isFalse();
    for (var key : new String[] {"8", "byClaim=8"}) {
      var found = claims.get("/subscriptions?key=" + key).get("subscriptions");
      assertThat(found).hasSize(1);
      assertThat(found.get(0).get("element").asString()).isEqualTo("banking");
    }
    assertThat(claims.get("/subscriptions?key=9").get("subscriptions")).isEmpty();
    assertThat(claims.get("/subscriptions?key=8&operation=assessed").get("subscriptions"))
        .isEmpty();
    assertThat(claims.get("/subscriptions?process=other").get("subscriptions")).isEmpty();
    var page = claims.get("/subscriptions?limit=1");
    assertThat(page.get("next").asString()).isEqualTo(first);
    var rest = claims.get("/subscriptions?after=" + first).get("subscriptions");
    assertThat(rest).hasSize(1);
    assertThat(rest.get(0).get("element").asString()).isEqualTo("banking");
  }

  @Test
  void a_message_that_is_not_sent_is_explained_and_nothing_is_kept() throws Exception {
    var unknown = explained("", Claims.account(7));
    assertThat(rule(unknown)).isEqualTo("unknown");
    assertThat(state(unknown)).isEqualTo("queued");

    var instance = claims.open(7).get("instance").asString();
    var early = explained("", Claims.account(7));
    assertThat(rule(early)).isEqualTo("early");
    var candidate = early.get("decision").get("candidates").get(0);
    assertThat(candidate.get("instance").asString()).isEqualTo(instance);
    assertThat(candidate.get("waitsAt").get(0).asString()).isEqualTo("assessing");
    assertThat(candidate.get("canReceive").asBoolean()).isTrue();
    var setting = early.get("decision").get("settings").get(1);
    assertThat(setting.get("setting").asString()).isEqualTo("maxPerConversation");
    assertThat(setting.get("value").asString()).isEqualTo("2");
    assertThat(setting.get("from").asString()).isEqualTo("banking");

    claims.assess(7, true);
    var matched = explained("?process=claim&operation=bank", Claims.account(7));
    assertThat(rule(matched)).isEqualTo("receive");
    assertThat(state(matched)).isEqualTo("consumed");
    assertThat(matched.get("decision").get("outcome").get("element").asString())
        .isEqualTo("banking");
    assertThat(claims.get("/queue").get("messages")).isEmpty();
    assertThat(claims.get("/subscriptions").get("subscriptions")).hasSize(1);
  }

  @Test
  void expressions_say_what_they_gave() throws Exception {
    var key =
        explained("?key.claim=7", Claims.account(7)).get("versions").get(0).get("keys").get(0);
    assertThat(key.get("key").asString()).isEqualTo("byClaim");
    assertThat(key.get("value").asString()).isEqualTo("7");
    var property = key.get("properties").get(0);
    assertThat(property.get("path").asString()).isEqualTo("/c:account/c:claim");
    assertThat(property.get("value").asString()).isEqualTo("7");
    assertThat(property.get("given").asString()).isEqualTo("7");

    var none = explained("", "<account xmlns=\"urn:example:claims\"/>");
    assertThat(rule(none)).isEqualTo("no-key");
    assertThat(state(none)).isEqualTo("refused");
    var contradiction = explained("?key.claim=8", Claims.account(7));
    assertThat(contradiction.get("failure").asString()).contains("byClaim", "[8]", "[7]");
  }

  @Test
  void a_stored_message_tells_what_became_of_it() throws Exception {
    var opened = claims.open(7);
    var taken = claims.get("/explain/" + opened.get("id").asString());
    assertThat(taken.get("state").asString()).isEqualTo("consumed");
    assertThat(taken.get("taken").get("status").asString()).isEqualTo("live");
    assertThat(taken.get("taken").get("path").toString()).isEqualTo("[\"begun\",\"assessing\"]");
    assertThat(taken.has("decision")).isFalse();

    claims.bank(7);
    var id = claims.get("/queue").get("messages").get(0).get("id").asString();
    var waiting = claims.get("/explain/" + id);
    assertThat(waiting.get("state").asString()).isEqualTo("queued");
    assertThat(rule(waiting)).isEqualTo("early");
    assertThat(waiting.get("decision").get("waiting").asInt()).isZero();

    claims.assess(7, false);
    var dead = claims.get("/explain/" + id);
    assertThat(dead.get("state").asString()).isEqualTo("collected");
    assertThat(dead.get("deadLetter").get("reason").asString()).isEqualTo("ConversationEnded");
    assertThat(rule(explained("", Claims.account(7)))).isEqualTo("late");
  }

  @Test
  void an_identity_says_whether_it_was_seen() throws Exception {
    var identity = explained("?messageId=urn:a:1", Claims.account(7)).get("identities").get(0);
    assertThat(identity.get("kind").asString()).isEqualTo("wsa:MessageID");
    assertThat(identity.get("value").asString()).isEqualTo("urn:a:1");
    assertThat(identity.has("seenIn")).isFalse();

    claims.bank(7, "urn:a:1");
    var repeated = explained("?messageId=urn:a:1", claims.stored(0).get("body").asString());
    var id = claims.stored(0).get("id").asString();
    assertThat(repeated.get("identities").get(0).get("seenIn").asString()).isEqualTo(id);
    assertThat(repeated.get("repeats").asString()).isEqualTo(id);
    assertThat(repeated.has("decision")).isFalse();
    assertThat(repeated.has("fault")).isFalse();
    var reused = explained("?messageId=urn:a:1", Claims.account(8));
    assertThat(reused.get("fault").asString()).isEqualTo("IdentityReused");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /explain, 404",
    "POST, /explain?operation=nothing, 404",
    "GET, /explain, 405",
    "POST, /explain/06XZ3D3TM0400, 405",
    "GET, /explain/06XZ3D3TM0400, 404",
    "GET, /explain/nonsense, 404",
    "GET, /queue?after=x, 400",
    "GET, /queue/nonsense, 404",
    "DELETE, /queue, 405",
    "DELETE, /queue/nonsense, 404",
    "GET, /subscriptions/it, 404",
    "POST, /subscriptions, 405",
    "GET, /subscriptions?limit=1001, 400"
  })
  void what_is_asked_wrongly_is_refused(String method, String path, int expected) throws Exception {
    assertThat(claims.ask(method, path, "").statusCode()).isEqualTo(expected);
  }
}
