package dev.parley.turn;

import static dev.parley.model.Desk.answers;
import static dev.parley.model.Desk.flow;
import static dev.parley.model.Desk.hears;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.model.Desk;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.TurnInput.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a partner answers to one node, and another one takes, across turns and restarts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// The sender does not look at its answer.
@SuppressWarnings("FutureReturnValueIgnored")
class ResponseTurnsTest {
  @TempDir Path folder;

  /** Asks its partner; an hour later it listens. */
  private static ExecutableProcess process() {
    return Desk.compile(
        flow("peer", "s"),
        flow("call", "peer"),
        flow("peer", "hear"),
        starts("s", "check"),
        sends("call", "look", "parley:endpoint=\"'http://peer.test/'\""),
        timer("w", "PT1H"),
        hears("hear", "look", "parley:result=\"note\""),
        boundaryError("failed", "hear", "undelivered"),
        timer("f", "PT1H"),
        timer("after", "PT1H"),
        answers("r", "check"),
        timer("z", "P1D"),
        path("s", "call", "w", "hear", "after", "r", "z"),
        path("failed", "f"));
  }

  private static Message begin(House house) {
    var there =
        new EndpointReference("http://peer.test/", List.of(Body.of("<p xmlns=\"urn:x\">1</p>")));
    var headers =
        new Headers(
            "urn:m1",
            null,
            null,
            there,
            null,
            null,
            Map.of(),
            new Headers.Via("desk", false),
            List.of(Body.of("<mark xmlns=\"urn:x\"/>")));
    var message = Desk.message(house.ids().getAsLong(), "check", "7", headers);
    house.send(message);
    return message;
  }

  private static MessageId sent(House house) {
    var row = house.outbound().getFirst();
    assertThat(row.endpoint()).isEqualTo("http://peer.test/");
    return row.id();
  }

  private static SendOutcome answer() {
    return new SendOutcome.Answered(Desk.body("lookAnswer", "seen"), List.of());
  }

  private static void hourLater(House house) {
    house.after(Duration.ofHours(1)).ring();
  }

  @Test
  void a_response_before_a_restart_is_taken_after_it() throws Exception {
    try (var house = House.of(folder, process())) {
      var request = begin(house);
      var sent = sent(house);
      house.turn(new TurnInput.Sent(sent, answer()));
      assertThat(house.waiting(request)).containsExactly("w");
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.DELIVERED);
      hourLater(house.restart());
      assertThat(house.waiting(request)).containsExactly("after");
    }
  }

  @Test
  void a_response_after_a_restart_is_taken_where_a_node_waits_for_it() throws Exception {
    try (var house = House.of(folder, process())) {
      var request = begin(house);
      var sent = sent(house);
      hourLater(house);
      assertThat(house.waiting(request)).containsExactly("hear");
      house.restart().turn(new TurnInput.Sent(sent, answer()));
      assertThat(house.waiting(request)).containsExactly("after");
      assertThat(house.count("openIncidents")).isZero();
    }
  }

  @Test
  void a_failed_delivery_is_an_error_where_the_response_is_taken_and_no_incident()
      throws Exception {
    try (var house = House.of(folder, process())) {
      var request = begin(house);
      var failed = new SendOutcome.Failed(false, "no route");
      house.turn(new TurnInput.Sent(sent(house), failed));
      assertThat(house.waiting(request)).containsExactly("w");
      hourLater(house.restart());
      assertThat(house.waiting(request)).containsExactly("f");
      assertThat(house.count("openIncidents")).isZero();
    }
  }

  @Test
  void a_second_outcome_of_one_message_changes_nothing() throws Exception {
    try (var house = House.of(folder, process())) {
      var request = begin(house);
      var sent = sent(house);
      house.turn(new TurnInput.Sent(sent, answer()));
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Failed(false, "no route")));
      hourLater(house);
      assertThat(house.waiting(request)).containsExactly("after");
    }
  }

  @Test
  void exchanges_partners_and_responses_are_replayed_from_the_store() throws Exception {
    try (var house = House.of(folder, process())) {
      var request = begin(house);
      var id = Objects.requireNonNull(house.row(request).instance());
      var before = house.instance(request);
      assertThat(before.exchanges()).hasSize(1);
      assertThat(before.requests()).hasSize(1);
      assertThat(before.scopes().getFirst().partners()).containsOnlyKeys("peer");
      assertThat(house.replayed(id)).isEqualTo(before);
      house.turn(new TurnInput.Sent(sent(house), answer()));
      house.restart();
      assertThat(house.replayed(id)).isEqualTo(house.instance(request));
      hourLater(house);
      hourLater(house);
      assertThat(house.waiting(request)).containsExactly("z");
      assertThat(house.replayed(id)).isEqualTo(house.instance(request));
    }
  }

  @Test
  void a_request_that_fails_when_its_instance_has_ended_leaves_an_incident() throws Exception {
    var process =
        Desk.compile(
            noneStart("start"),
            sends("call", "check"),
            eventBased("first"),
            anyEvent("intermediateCatchEvent", "hear", Desk.message("check", "checkAnswer")),
            timer("given", "PT1H"),
            end("e"),
            path("start", "call", "first", "hear", "e"),
            path("first", "given", "e"));
    try (var house = House.of(folder, process)) {
      house.turn(new TurnInput.Start("sell", new InstanceId(1)));
      var sent = house.outbound().getFirst().id();
      hourLater(house);
      assertThat(house.count("liveInstances")).isZero();
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Failed(false, "no route")));
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.FAILED);
      assertThat(house.count("openIncidents")).isEqualTo(1);
    }
  }
}
