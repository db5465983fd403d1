package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.CollectionReason;
import dev.parley.message.EndpointReference;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason for which a queued message is collected, and who is told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class CollectionTest {
  private static final EndpointReference ELSEWHERE = EndpointReference.of("http://replies.test/");
  private static final EndpointReference FAULTS = EndpointReference.of("http://faults.test/");

  @TempDir Path folder;

  private static ExecutableProcess asking(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        eventBased("first"),
        timer("soon", "PT1H"),
        catching("cancelled", "cancel"),
        catching("paid", "pay"),
        receive("asked", "ask"),
        reply("reply"),
        timer("w", "P1D"),
        end("end"),
        path("placed", "first", "soon", "asked", "reply", "w"),
        path("first", "cancelled", "w"),
        path("first", "paid", "end"));
  }

  private static ExecutableProcess notAsking() {
    return Shop.compile(
        "", start("placed", "place"), receive("paid", "pay"), path("placed", "paid"));
  }

  private static Message question(
      House house, @Nullable EndpointReference replyTo, @Nullable EndpointReference faultTo) {
    var headers =
        new Headers("urn:q", null, null, replyTo, faultTo, null, Map.of(), null, List.of());
    return Shop.message(house.ids().getAsLong(), "ask", Shop.body("ask", "7", ""), headers);
  }

  /** What makes a waiting question leave for this reason. */
  private static void bringAbout(CollectionReason reason, House house, Message question) {
    switch (reason) {
      case EXPIRED -> {
        house.after(Duration.ofHours(1));
        house.collectExpired();
      }
      case CONVERSATION_ENDED -> house.send("pay", "7");
      case UNREACHABLE -> house.send("cancel", "7");
      case DEFINITION_GONE -> {
        house.deploy(notAsking());
        house.collectGone();
      }
      case OVERFLOW -> house.send("ask", "7");
      case CALLER_GONE -> house.turn(new TurnInput.Abandoned(question.id()));
    }
  }

  private static FaultKind told(CollectionReason reason) {
    return switch (reason) {
      case EXPIRED -> FaultKind.EXPIRED;
      case CONVERSATION_ENDED, UNREACHABLE -> FaultKind.TOO_LATE;
      case DEFINITION_GONE -> FaultKind.UNKNOWN_OPERATION;
      case OVERFLOW -> FaultKind.QUEUE_FULL;
      case CALLER_GONE -> FaultKind.REPLY_TIMEOUT;
    };
  }

  private House house(CollectionReason reason) throws Exception {
    var policies =
        reason == CollectionReason.OVERFLOW
            ? "parley:maxPerOperation=\"1\" parley:onFull=\"dropOldest\""
            : "";
    var house = House.of(folder, asking(policies));
    if (reason == CollectionReason.CONVERSATION_ENDED || reason == CollectionReason.UNREACHABLE) {
      house.send("place", "7");
    }
    return house;
  }

  private static CompletableFuture<Answer> collected(
      CollectionReason reason, House house, Message question) {
    var outcome = house.send(question);
    assertThat(house.state(question)).isEqualTo(MessageState.WAITING);
    bringAbout(reason, house, question);
    assertThat(house.state(question)).isEqualTo(MessageState.COLLECTED);
    var dead =
        Objects.requireNonNull(
            house.store().deadLetters(List.of(question.id())).get(question.id()));
    assertThat(dead.reason()).isEqualTo(reason.wireName());
    return outcome;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLER_GONE")
  void a_waiting_caller_is_told(CollectionReason reason) throws Exception {
    try (var house = house(reason)) {
      var outcome = collected(reason, house, question(house, null, null));
      assertThat(House.kind(outcome)).containsExactly(told(reason));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLER_GONE")
  void a_sender_is_told_at_the_address_for_replies(CollectionReason reason) throws Exception {
    try (var house = house(reason)) {
      var outcome = collected(reason, house, question(house, ELSEWHERE, null));
      assertThat(outcome).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.outbound()).hasSize(1);
      assertThat(house.outbound().getFirst().endpoint()).isEqualTo(ELSEWHERE.address());
      assertThat(house.outbound().getFirst().message().kind()).isEqualTo(MessageKind.FAULT);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALLER_GONE")
  void a_sender_is_told_at_the_address_for_faults(CollectionReason reason) throws Exception {
    try (var house = house(reason)) {
      collected(reason, house, question(house, ELSEWHERE, FAULTS));
      assertThat(house.outbound()).hasSize(1);
      assertThat(house.outbound().getFirst().endpoint()).isEqualTo(FAULTS.address());
    }
  }

  @Test
  void a_caller_who_has_gone_is_told_when_it_asks_again_by_being_judged_afresh() throws Exception {
    try (var house = house(CollectionReason.CALLER_GONE)) {
      var question = question(house, null, null);
      var _ = collected(CollectionReason.CALLER_GONE, house, question);
      assertThat(House.kind(Objects.requireNonNull(house.row(question).answer())))
          .containsExactly(told(CollectionReason.CALLER_GONE));
      house.send(question);
      assertThat(house.state(question)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void a_message_waits_while_a_live_instance_runs_the_version_that_takes_it() throws Exception {
    try (var house = House.of(folder, asking(""))) {
      house.send("place", "1");
      var question = question(house, null, null);
      house.send(question);
      house.deploy(notAsking());
      house.collectGone();
      assertThat(house.state(question)).isEqualTo(MessageState.WAITING);
      house.send("pay", "1");
      house.collectGone();
      assertThat(house.state(question)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void a_message_waits_for_a_version_that_takes_it_again() throws Exception {
    try (var house = House.of(folder, asking(""))) {
      var question = question(house, null, null);
      house.send(question);
      house.deploy(asking(""));
      house.collectGone();
      assertThat(house.state(question)).isEqualTo(MessageState.WAITING);
    }
  }
}
