package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.http.Claims;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters, the queue, subscriptions and explanations from the command line. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperatorCommandsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Claims claims;

  private final StringWriter out = new StringWriter();

  @BeforeEach
  void gateway_starts() throws Exception {
    claims = new Claims(folder.resolve("data"));
  }

  @AfterEach
  void gateway_stops() {
    claims.close();
  }

  /** What it printed. */
  private String parley(int expected, String... arguments) {
    out.getBuffer().setLength(0);
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--to", claims.address()));
    int code =
        Parley.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(all.toArray(String[]::new));
    assertThat(code).as(out.toString()).isEqualTo(expected);
    return out.toString();
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void dead_letters_are_listed_shown_replayed_and_deleted() throws Exception {
    assertThat(parley(0, "dead-letters")).contains("There is no dead letter.");
    var id = claims.deadLetter(7);

    assertThat(parley(0, "dead-letters", "--process", "claim"))
        .contains("REASON", id + "  inbound  claim    bank       ConversationEnded  20");
    assertThat(parley(0, "dead-letters", "--reason", "Expired"))
        .contains("There is no dead letter.");
    assertThat(parley(0, "dead-letters", "show", id))
        .contains("reason: ConversationEnded", "<claim>7</claim>");
    assertThat(parley(1, "dead-letters", "replay", id)).contains("HTTP 410", "TooLate");
    var corrected = file("account.xml", Claims.account(8));
    assertThat(parley(0, "dead-letters", "replay", id, "--body", corrected))
        .contains("HTTP 202", "state: queued");
    assertThat(parley(1, "dead-letters", "show", id)).contains("HTTP 404");

    var second = claims.deadLetter(9);
    claims.deadLetter(10);
    assertThat(parley(0, "dead-letters", "delete", second)).contains("deleted: 1");
    assertThat(parley(2, "dead-letters", "delete")).contains("either ids or options");
    assertThat(parley(2, "dead-letters", "delete", id, "--reason", "Expired")).contains("both");
    assertThat(parley(0, "dead-letters", "delete", "--process", "claim")).contains("deleted: 1");
    assertThat(parley(0, "dead-letters")).contains("There is no dead letter.");
  }

  @Test
  void the_queue_is_listed_shown_and_emptied() throws Exception {
    assertThat(parley(0, "queue")).contains("No message waits.");
    var instance = claims.open(7).get("instance").asString();
    claims.bank(7);
    claims.bank(8);

    var listed = parley(0, "queue", "--operation", "bank");
    assertThat(listed)
        .contains("EXPIRES IN", "byClaim=7", "never", "early: " + instance, "byClaim=8", "unknown")
        .contains("bank of process claim: 2, the oldest since 20");
    assertThat(parley(0, "queue", "--limit", "1")).doesNotContain("byClaim=8");
    var id = listed.lines().skip(1).findFirst().orElseThrow().substring(0, 13);
    assertThat(parley(0, "queue", "show", id)).contains("why: early", "<claim>7</claim>");
    assertThat(parley(0, "queue", "delete", id)).contains("state: discarded");
    assertThat(parley(1, "queue", "show", id)).contains("HTTP 404");
    var json = JsonMapper.shared().readTree(parley(0, "queue", "--json"));
    assertThat(json.get("messages")).hasSize(1);
  }

  @Test
  void subscriptions_are_found_by_key() throws Exception {
    assertThat(parley(0, "subscriptions")).contains("Nobody waits for such a message.");
    var first = claims.open(7).get("instance").asString();
    claims.open(8);
    assertThat(parley(0, "subscriptions", "--key", "7"))
        .contains(first + "  claim    assessing  assessed   byClaim=7  20")
        .doesNotContain("byClaim=8");
    assertThat(parley(0, "subscriptions", "--limit", "1"))
        .contains("There may be more: --after " + first);
  }

  @Test
  void a_message_is_explained_before_it_is_sent() throws Exception {
    var instance = claims.open(7).get("instance").asString();
    String envelope =
        """
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:c="urn:example:claims"
            xmlns:a="http://www.w3.org/2005/08/addressing">
          <s:Header><a:MessageID>urn:a:1</a:MessageID></s:Header>
          <s:Body><c:account><c:claim>7</c:claim><c:iban>DE02</c:iban></c:account></s:Body>
        </s:Envelope>
        """;
    assertThat(parley(0, "explain", file("envelope.xml", envelope)))
        .contains(
            "bank of process claim",
            "identity wsa:MessageID urn:a:1: not seen",
            "key byClaim = 7",
            "claim: /c:account/c:claim gives 7",
            "instance " + instance + ", version 1, runs and is at assessing",
            "now it would wait, until its conversation ends at the latest",
            "because an instance of its conversation runs, and may come to a receive for it",
            "onEarly=queue, said by the gateway",
            "maxPerConversation=2, said by banking");
    var json = file("verdict.json", "{\"claim\": 7, \"pay\": true}");
    assertThat(parley(0, "explain", json, "--operation", "assessed"))
        .contains("enabled receive: assessing", "would be consumed by instance " + instance);
    assertThat(parley(0, "explain", json, "--operation", "opened"))
        .contains("it can start an instance, at begun", "would be refused as CorrelationViolation")
        .contains("because it would start an instance, but a running one holds its key")
        .contains("onHeldKey=refuse, said by the gateway");
    assertThat(parley(1, "explain", json)).contains("HTTP 404", "name the 'operation'");
    assertThat(parley(2, "explain", "nowhere.xml")).contains("a file that can be read");
  }

  @Test
  void a_stored_message_is_explained_by_its_id() throws Exception {
    var id = claims.deadLetter(7);
    assertThat(parley(0, "explain", id))
        .contains("it is collected", "a dead letter since 20", "ConversationEnded");
    var opened = claims.open(8);
    assertThat(parley(0, "explain", opened.get("id").asString()))
        .contains("it is consumed", "went through begun, assessing");
    assertThat(parley(1, "explain", "06XZ3D3TM0400")).contains("HTTP 404");
  }
}
