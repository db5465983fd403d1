package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class ExchangeTest {
  @TempDir Path folder;

  /** Answers after the payment. */
  static ExecutableProcess asking() {
    return Shop.compile(
        "",
        start("asked", "ask"),
        receive("paid", "pay"),
        reply("reply"),
        timer("w", "P1D"),
        path("asked", "paid", "reply", "w"));
  }

  /** Takes its question after an hour, answers after the payment, and again. */
  static ExecutableProcess slow() {
    return Shop.compile(
        "",
        start("placed", "place"),
        timer("wait", "PT1H"),
        exclusive("again", ""),
        receive("asked", "ask"),
        receive("paid", "pay"),
        reply("reply"),
        path("placed", "wait", "again", "asked", "paid", "reply", "again"));
  }

  static ExecutableProcess prompt() {
    return Shop.compile(
        "", start("asked", "ask"), reply("reply"), timer("w", "P1D"), path("asked", "reply", "w"));
  }

  @Test
  void a_request_is_answered_in_its_own_turn() throws Exception {
    try (var house = House.of(folder, prompt())) {
      var question = house.message("ask", "7");
      assertThat(house.send(question).join()).isInstanceOf(Answer.Reply.class);
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void a_request_is_answered_in_a_later_turn() throws Exception {
    try (var house = House.of(folder, asking())) {
      var caller = house.send("ask", "7");
      assertThat(caller).isNotDone();
      house.send("pay", "7");
      assertThat(caller.join()).isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void a_duplicate_of_an_accepted_message_is_accepted_and_has_no_effect() throws Exception {
    var process =
        Shop.compile("", start("placed", "place"), timer("w", "P1D"), path("placed", "w"));
    try (var house = House.of(folder, process)) {
      house.send(house.identified("a", "place", "7"));
      assertThat(house.send(house.identified("a", "place", "7")))
          .isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.count("liveInstances")).isEqualTo(1);
    }
  }

  @Test
  void duplicates_in_one_batch_have_one_effect() throws Exception {
    try (var house = House.of(folder, asking())) {
      var callers =
          house.sendAll(house.identified("a", "ask", "7"), house.identified("a", "ask", "7"));
      house.send("pay", "7");
      assertThat(callers.get(0).join())
          .isInstanceOf(Answer.Reply.class)
          .isEqualTo(callers.get(1).join());
      assertThat(house.count("liveInstances")).isEqualTo(1);
    }
  }

  @Test
  void a_duplicate_joins_the_wait_and_later_gets_the_answer_at_once() throws Exception {
    try (var house = House.of(folder, asking())) {
      var first = house.send(house.identified("a", "ask", "7"));
      var second = house.send(house.identified("a", "ask", "7"));
      assertThat(second).isNotDone();
      house.send("pay", "7");
      assertThat(first.join()).isInstanceOf(Answer.Reply.class).isEqualTo(second.join());
      assertThat(house.send(house.identified("a", "ask", "7")).join()).isEqualTo(first.join());
    }
  }

  @Test
  void when_one_of_several_callers_gives_up_the_others_go_on_waiting() throws Exception {
    try (var house = House.of(folder, asking())) {
      var question = house.identified("a", "ask", "7");
      var repeated = house.identified("a", "ask", "7");
      house.send(question);
      var second = house.send(repeated);
      var third = house.send(house.identified("a", "ask", "7"));
      house.turn(new TurnInput.Abandoned(question.id()));
      house.turn(new TurnInput.Abandoned(repeated.id()));
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.OPEN);
      house.send("pay", "7");
      assertThat(third.join()).isInstanceOf(Answer.Reply.class);
      assertThat(second).isNotDone();
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void after_a_reply_timeout_the_repeated_request_gets_the_reply_that_has_come_since()
      throws Exception {
    try (var house = House.of(folder, asking())) {
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.turn(new TurnInput.Abandoned(question.id()));
      house.send("pay", "7");
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.ABANDONED);
      assertThat(house.send(house.identified("a", "ask", "7")).join())
          .isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void after_a_reply_timeout_the_repeated_request_joins_the_wait_again() throws Exception {
    try (var house = House.of(folder, asking())) {
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.turn(new TurnInput.Abandoned(question.id()));
      var again = house.send(house.identified("a", "ask", "7"));
      house.send("pay", "7");
      assertThat(again.join()).isInstanceOf(Answer.Reply.class);
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void the_repetition_after_a_restart_gets_the_answer() throws Exception {
    try (var house = House.of(folder, asking())) {
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.restart();
      var again = house.send(house.identified("a", "ask", "7"));
      house.send("pay", "7");
      assertThat(again.join()).isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void an_answer_whose_caller_was_lost_by_a_restart_is_kept_for_the_repetition() throws Exception {
    try (var house = House.of(folder, asking())) {
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.restart().send("pay", "7");
      assertThat(house.row(question).exchange()).isEqualTo(ExchangeState.ABANDONED);
      assertThat(house.send(house.identified("a", "ask", "7")).join())
          .isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void another_body_under_the_same_identity_is_identity_reused() throws Exception {
    try (var house = House.of(folder, asking())) {
      house.send(house.identified("a", "ask", "7"));
      assertThat(kind(house.send(house.identified("a", "ask", "8"))))
          .containsExactly(FaultKind.IDENTITY_REUSED);
    }
  }

  @Test
  void a_refusal_is_not_remembered() throws Exception {
    try (var house = House.of(folder, prompt())) {
      var unkeyed =
          Shop.message(
              house.ids().getAsLong(), "pay", Shop.body("pay", "", ""), Headers.identified("a"));
      assertThat(kind(house.send(unkeyed))).containsExactly(FaultKind.INVALID_MESSAGE);
      assertThat(house.send(house.identified("a", "ask", "7")).join())
          .isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void a_second_request_that_differs_in_nothing_is_a_conflicting_request() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            receive("asked", "ask"),
            receive("again", "ask"),
            receive("paid", "pay"),
            reply("reply"),
            timer("w", "P1D"),
            path("placed", "fork", "asked", "again", "w"),
            path("fork", "paid", "reply", "w"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var first = house.send("ask", "7");
      assertThat(kind(house.send("ask", "7"))).containsExactly(FaultKind.CONFLICTING_REQUEST);
      house.send("pay", "7");
      assertThat(first.join()).isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void a_second_request_that_was_early_is_a_conflicting_request_too() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            timer("wait", "PT1H"),
            receive("asked", "ask"),
            receive("again", "ask"),
            receive("paid", "pay"),
            reply("reply"),
            end("end"),
            path("placed", "wait", "asked", "again", "paid", "reply", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var first = house.send("ask", "7");
      var second = house.send("ask", "7");
      house.after(Duration.ofHours(1)).ring();
      assertThat(first).isNotDone();
      assertThat(kind(second)).containsExactly(FaultKind.CONFLICTING_REQUEST);
    }
  }

  @Test
  void early_requests_are_answered_in_the_order_they_came() throws Exception {
    try (var house = House.of(folder, slow())) {
      house.send("place", "7");
      var first = house.send("ask", "7");
      var second = house.send("ask", "7");
      house.after(Duration.ofHours(1)).ring();
      house.send("pay", "7");
      assertThat(first).isDone();
      assertThat(second).isNotDone();
      house.send("pay", "7");
      assertThat(second).isDone();
    }
  }

  @Test
  void a_request_still_queued_when_its_caller_gives_up_is_removed() throws Exception {
    try (var house = House.of(folder, slow())) {
      var order = house.message("place", "7");
      house.send(order);
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.turn(new TurnInput.Abandoned(question.id()));
      assertThat(house.state(question)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.count("waitingMessages")).isZero();
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.waiting(order)).containsExactly("asked");
    }
  }

  @Test
  void the_repetition_of_a_removed_request_is_judged_afresh() throws Exception {
    try (var house = House.of(folder, slow())) {
      house.send("place", "7");
      var question = house.identified("a", "ask", "7");
      house.send(question);
      house.turn(new TurnInput.Abandoned(question.id()));
      house.after(Duration.ofHours(1)).ring();
      var again = house.send(house.identified("a", "ask", "7"));
      house.send("pay", "7");
      assertThat(again.join()).isInstanceOf(Answer.Reply.class);
      assertThat(house.state(question)).isEqualTo(MessageState.CONSUMED);
    }
  }

  @Test
  void a_queued_request_whose_caller_was_lost_by_a_restart_fires_for_nobody() throws Exception {
    try (var house = House.of(folder, slow())) {
      var order = house.message("place", "7");
      house.send(order);
      var question = house.message("ask", "7");
      house.send(question);
      house.restart().after(Duration.ofHours(1)).ring();
      assertThat(house.state(question)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.waiting(order)).containsExactly("asked");
    }
  }

  @Test
  void the_repetition_of_an_expired_one_way_message_is_acknowledged_as_the_first_was()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            receive("paid", "pay"),
            end("e"),
            path("placed", "paid", "e"));
    try (var house = House.of(folder, process)) {
      house.send(house.identified("a", "pay", "7"));
      house.after(Duration.ofHours(1)).collectExpired();
      assertThat(house.send(house.identified("a", "pay", "7")))
          .isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void whoever_waits_is_told_when_the_gateway_stops() throws Exception {
    var waiters = new Waiters();
    var early = new CompletableFuture<Answer>();
    waiters.add(new MessageId(1), new MessageId(1), early);
    waiters.close(Batches.unavailable("stops"));
    var late = new CompletableFuture<Answer>();
    waiters.add(new MessageId(2), new MessageId(2), late);
    assertThat(kind(early)).containsExactly(FaultKind.UNAVAILABLE);
    assertThat(kind(late)).containsExactly(FaultKind.UNAVAILABLE);
  }
}
