package dev.parley.turn;

import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.tell;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.Retries;
import dev.parley.deployment.DeliveryPolicy;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.TurnInput.Act;
import dev.parley.turn.TurnInput.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to messages, and what they are told of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("FutureReturnValueIgnored")
class OperatingTest {
  @TempDir Path folder;

  private static ExecutableProcess payment() {
    return Shop.compile(
        "",
        start("placed", "place"),
        receive("paid", "pay"),
        receive("cancelled", "cancel"),
        end("end"),
        path("placed", "paid", "cancelled", "end"));
  }

  private static List<DeadLetterRow> letters(House house) {
    return house.store().deadLetters(DeadLetterFilter.ALL, new MessageId(0), 9);
  }

  private static Act replay(House house, MessageId letter, Message again) {
    var arrival = (TurnInput.Arrival) house.arrivals(again).getFirst().input();
    return new Act.Replay(
        letter, new TurnInput.Arrival(again, List.of(), arrival.definition(), arrival.keys()));
  }

  private Message again(House house, Message message) {
    return Letters.again(message, new MessageId(house.ids().getAsLong()), message.body());
  }

  @Test
  void a_replay_is_never_taken_for_a_duplicate_and_its_dead_letter_is_gone() throws Exception {
    try (var house = House.of(folder, payment())) {
      var payment = house.identified("a", "pay", "7");
      house.send(payment);
      house.after(Duration.ofHours(1)).collectExpired();
      var order = house.message("place", "7");
      house.send(order);
      assertThat(letters(house)).hasSize(1);

      var again = again(house, payment);
      assertThat(house.turn(replay(house, payment.id(), again))).isEqualTo(Answer.ACCEPTED);
      assertThat(house.state(again)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.state(payment)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.waiting(order)).containsExactly("cancelled");
      assertThat(letters(house)).isEmpty();

      var twice = house.turn(replay(house, payment.id(), again(house, payment)));
      assertThat(kind(twice)).containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    }
  }

  @Test
  void a_replay_that_is_refused_leaves_its_dead_letter() throws Exception {
    var process =
        Shop.compile(
            "parley:onUnknown='reject'",
            start("placed", "place"),
            receive("paid", "pay"),
            receive("cancelled", "cancel"),
            end("end"),
            path("placed", "paid", "cancelled", "end"));
    try (var house = House.of(folder, payment())) {
      var payment = house.message("pay", "7");
      house.send(payment);
      house.after(Duration.ofHours(1)).collectExpired();
      house.deploy(process);
      var again = again(house, payment);
      assertThat(kind(house.turn(replay(house, payment.id(), again))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);
      assertThat(letters(house)).hasSize(1);
      assertThat(house.store().messages(List.of(again.id()))).isEmpty();
    }
  }

  @Test
  void a_replayed_request_is_taken_though_nobody_waits_for_its_answer() throws Exception {
    try (var house = House.of(folder, ExchangeTest.slow())) {
      house.send("place", "7");
      var question = house.message("ask", "7");
      house.send(question);
      house.turn(new TurnInput.Abandoned(question.id()));
      assertThat(letters(house)).singleElement().extracting("reason").isEqualTo("CallerGone");

      var again = again(house, question);
      assertThat(house.turn(replay(house, question.id(), again))).isEqualTo(Answer.ACCEPTED);
      assertThat(house.state(again)).isEqualTo(MessageState.WAITING);
      house.restart().after(Duration.ofHours(1)).ring();
      house.send("pay", "7");
      assertThat(house.state(again)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.row(again).answer()).isInstanceOf(Answer.Reply.class);
      assertThat(house.row(again).exchange()).isEqualTo(ExchangeState.ABANDONED);
    }
  }

  @Test
  void dead_letters_that_are_given_up_are_gone_and_their_messages_are_not() throws Exception {
    try (var house = House.of(folder, payment())) {
      var payment = house.message("pay", "7");
      house.send(payment);
      house.after(Duration.ofHours(1)).collectExpired();
      house.turn(new Act.GiveUp(List.of(payment.id(), new MessageId(1))));
      assertThat(letters(house)).isEmpty();
      assertThat(house.state(payment)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void an_outbound_dead_letter_is_pending_again_with_all_its_attempts_and_time() throws Exception {
    var process =
        Shop.compile(
            "", noneStart("start"), tell("tell"), end("end"), path("start", "tell", "end"));
    try (var house = House.of(folder, process)) {
      house.turn(new TurnInput.Start("sell", new InstanceId(house.ids().getAsLong())));
      var sent = house.outbound().getFirst().id();
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Failed(true, "late")));
      assertThat(kind(house.turn(replay(house, sent, house.message("pay", "7")))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);

      house.after(Duration.ofDays(1)).turn(new Act.Resend(sent));
      var row = house.outbox(sent);
      assertThat(row.state()).isEqualTo(OutboxState.PENDING);
      assertThat(row.attempts()).isZero();
      assertThat(row.token()).isZero();
      assertThat(house.outbound()).containsExactly(row);
      assertThat(Retries.deadline(row, DeliveryPolicy.DEFAULT))
          .isEqualTo(House.NOON.plus(Duration.ofDays(1)).plus(DeliveryPolicy.DEFAULT.deadline()));
      assertThat(letters(house)).isEmpty();
      assertThat(kind(house.turn(new Act.Resend(sent))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    }
  }

  @Test
  void a_request_that_an_operator_removes_is_answered_with_a_fault() throws Exception {
    try (var house = House.of(folder, ExchangeTest.slow())) {
      house.send("place", "7");
      var question = house.message("ask", "7");
      var caller = house.send(question);
      assertThat(caller).isNotDone();

      assertThat(house.turn(new Act.Remove(question.id()))).isEqualTo(Answer.ACCEPTED);
      assertThat(kind(caller)).containsExactly(FaultKind.TOO_LATE);
      assertThat(house.state(question)).isEqualTo(MessageState.DISCARDED);
      assertThat(letters(house)).isEmpty();
      assertThat(house.count("waitingMessages")).isZero();
      assertThat(kind(house.turn(new Act.Remove(question.id()))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    }
  }

  @Test
  void explaining_fires_timers_that_are_due_but_keeps_nothing() throws Exception {
    try (var house = House.of(folder, ExchangeTest.slow())) {
      house.send("place", "7");
      var question = house.message("ask", "7");
      var before = house.store().counts();
      assertThat(rule(house, question, House.NOON)).isEqualTo("early");
      assertThat(rule(house, question, House.NOON.plus(Duration.ofHours(1)))).isEqualTo("receive");
      assertThat(house.store().counts()).isEqualTo(before);
    }
  }

  private static String rule(House house, Message message, Instant now) {
    var explanation = new Explaining(house.store(), house.deployments(), now).explain(message);
    return explanation.verdict().map(v -> v.reason().name()).orElse("");
  }

  @Test
  void a_message_that_was_taken_names_the_turn_that_took_it() throws Exception {
    try (var house = House.of(folder, payment())) {
      var order = house.message("place", "7");
      house.send(order);
      house.after(Duration.ofMinutes(1)).send("pay", "7");
      var explaining = new Explaining(house.store(), house.deployments(), House.NOON);
      var explained = explaining.explain(order.id()).orElseThrow();
      assertThat(explained.verdict()).isEmpty();
      assertThat(explained.taken().orElseThrow().path()).containsExactly("placed", "paid");
      assertThat(explained.taken().orElseThrow().at()).isEqualTo(House.NOON);
    }
  }

  @Test
  void who_waits_says_since_when() throws Exception {
    try (var house = House.of(folder, payment())) {
      var order = house.message("place", "7");
      house.send(order);
      house.after(Duration.ofMinutes(1)).send("pay", "7");
      var receives = new OpenReceives(house.store(), house.deployments());
      var any = new OpenReceives.Filter("", "");
      var open = receives.list(any, new InstanceId(0), 9).open();
      assertThat(open).singleElement().extracting("element").isEqualTo("cancelled");
      assertThat(open.getFirst().since()).isEqualTo(House.NOON.plusSeconds(60));
      assertThat(open.getFirst().keys()).containsExactly("byOrder=7");
    }
  }
}
