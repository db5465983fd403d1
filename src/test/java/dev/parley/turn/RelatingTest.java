package dev.parley.turn;

import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.exclusive;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.tell;
import static dev.parley.model.Drawing.terminate;
import static dev.parley.model.Drawing.timer;
import static dev.parley.model.Drawing.when;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that answer what an instance has sent, by wsa:RelatesTo. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class RelatingTest {
  @TempDir Path folder;

  private static ExecutableProcess telling(String... attributes) {
    return Shop.compile(
        "",
        start("placed", "place"),
        tell("told"),
        receive("paid", "pay", attributes),
        timer("w", "P1D"),
        path("placed", "told", "paid", "w"));
  }

  private static ExecutableProcess slow(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        tell("told"),
        timer("wait", "PT1H"),
        receive("paid", "pay"),
        receive("again", "pay"),
        end("end"),
        path("placed", "told", "wait", "paid", "again", "end"));
  }

  private static MessageId sent(House house) {
    return house.outbound().getFirst().id();
  }

  @Test
  void an_answer_finds_the_instance_that_sent_what_it_answers_without_a_key() throws Exception {
    try (var house = House.of(folder, telling())) {
      var order = house.message("place", "7");
      house.send(order);
      var answer = house.answer(sent(house), "pay", "");
      assertThat(house.restart().send(answer)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.waiting(order)).containsExactly("w");
      assertThat(house.row(answer).instance()).isEqualTo(house.row(order).instance());
    }
  }

  @Test
  void an_early_answer_waits_for_its_receive() throws Exception {
    try (var house = House.of(folder, slow(""))) {
      var order = house.message("place", "7");
      house.send(order);
      var answer = house.answer(sent(house), "pay", "");
      assertThat(house.send(answer)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(answer)).isEqualTo(MessageState.WAITING);
      house.restart().after(Duration.ofHours(1)).ring();
      assertThat(house.state(answer)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactly("again");
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void answers_and_messages_with_a_key_are_taken_in_the_order_they_came() throws Exception {
    try (var house = House.of(folder, slow(""))) {
      house.send("place", "7");
      var sent = sent(house);
      var first = house.message("pay", "7");
      var second = house.answer(sent, "pay", "");
      var third = house.message("pay", "7");
      house.sendAll(first, second, third);
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.state(first)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.state(second)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.state(third)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void an_answer_whose_keys_say_another_conversation_is_refused() throws Exception {
    try (var house = House.of(folder, telling())) {
      house.send("place", "7");
      assertThat(kind(house.send(house.answer(sent(house), "pay", "8"))))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
    }
  }

  @Test
  void an_early_answer_whose_keys_say_another_conversation_is_refused() throws Exception {
    try (var house = House.of(folder, slow(""))) {
      house.send("place", "7");
      assertThat(kind(house.send(house.answer(sent(house), "pay", "8"))))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
    }
  }

  @Test
  void an_answer_to_a_message_that_nobody_here_has_sent_is_decided_by_its_keys() throws Exception {
    try (var house = House.of(folder, telling())) {
      var order = house.message("place", "7");
      house.send(order);
      house.send(house.relating("urn:uuid:6a1f7c5e-0000-8000-8000-00000000002a", "pay", "7"));
      assertThat(house.waiting(order)).containsExactly("w");
      assertThat(kind(house.send(house.answer(new MessageId(42), "pay", ""))))
          .containsExactly(FaultKind.INVALID_MESSAGE);
    }
  }

  @Test
  void an_answer_to_an_instance_that_has_ended_finds_the_one_that_holds_its_key() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            tell("told"),
            parallel("fork"),
            receive("paid", "pay"),
            receive("cancelled", "cancel"),
            terminate("stop"),
            timer("w", "P1D"),
            path("placed", "told", "fork", "paid", "w"),
            path("fork", "cancelled", "stop"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var sent = sent(house);
      house.send("cancel", "7");
      var again = house.message("place", "7");
      house.send(again);
      var answer = house.answer(sent, "pay", "7");
      house.send(answer);
      assertThat(house.row(answer).instance()).isEqualTo(house.row(again).instance());
      assertThat(kind(house.send(house.answer(sent, "pay", ""))))
          .containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void the_end_of_the_instance_collects_an_early_answer() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            tell("told"),
            receive("cancelled", "cancel"),
            exclusive("gate", "gate_end"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "told", "cancelled", "gate", "end"),
            when("gate", "paid", "false()"),
            path("paid", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var answer = house.answer(sent(house), "pay", "");
      house.send(answer);
      house.send("cancel", "7");
      assertThat(house.state(answer)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void receives_of_one_operation_are_told_apart_by_what_is_answered() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            tell("one"),
            receive("paidOne", "pay", "parley:relatesTo=\"one\""),
            tell("two"),
            receive("paidTwo", "pay", "parley:relatesTo=\"two\""),
            timer("w", "P1D"),
            path("placed", "fork", "one", "paidOne", "w"),
            path("fork", "two", "paidTwo", "w"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      house.send(house.answer(house.outbound().get(1).id(), "pay", ""));
      assertThat(house.waiting(order)).containsExactlyInAnyOrder("paidOne", "w");
    }
  }

  @Test
  void without_that_they_are_in_conflict() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            tell("told"),
            parallel("fork"),
            receive("paidOne", "pay"),
            receive("paidTwo", "pay"),
            timer("w", "P1D"),
            path("placed", "told", "fork", "paidOne", "w"),
            path("fork", "paidTwo", "w"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      assertThat(kind(house.send(house.answer(sent(house), "pay", ""))))
          .containsExactly(FaultKind.CONFLICTING_RECEIVE);
    }
  }

  @Test
  void a_receive_of_answers_takes_nothing_that_has_only_a_key() throws Exception {
    try (var house = House.of(folder, telling("parley:relatesTo=\"told\""))) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = sent(house);
      var payment = house.message("pay", "7");
      house.send(payment);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      house.send(house.answer(sent, "pay", "7"));
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void a_receive_of_answers_needs_no_key_at_all() throws Exception {
    var withoutKey =
        Map.of(
            "<correlationPropertyRetrievalExpression messageRef=\"tns:paymentMessage\">",
            "<correlationPropertyRetrievalExpression messageRef=\"tns:chargeMessage\">");
    var process =
        Shop.compile(
            "",
            withoutKey,
            start("placed", "place"),
            tell("told"),
            receive("paid", "pay", "parley:relatesTo=\"told\""),
            timer("w", "P1D"),
            path("placed", "told", "paid", "w"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      house.send(house.answer(sent(house), "pay", "7"));
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void each_round_of_a_loop_takes_the_answer_to_what_it_has_sent() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            looping(
                subProcess(
                    "each",
                    noneStart("inner"),
                    tell("told"),
                    receive("paid", "pay"),
                    timer("w", "P1D"),
                    path("inner", "told", "paid", "w")),
                "<multiInstanceLoopCharacteristics><loopCardinality"
                    + " xsi:type=\"tFormalExpression\">2</loopCardinality>"
                    + "</multiInstanceLoopCharacteristics>"),
            end("end"),
            path("placed", "each", "end"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      var second = house.outbound().get(1).id();
      house.send(house.answer(second, "pay", ""));
      var instance = house.instance(order);
      assertThat(house.waiting(order))
          .containsExactlyInAnyOrder("each", "each", "each", "paid", "w");
      var rounds = instance.scopes().stream().filter(s -> s.round() == 2).toList();
      var content = instance.scopes().stream().filter(s -> s.parent() == rounds.getFirst().id());
      int timed = instance.timers().getFirst().owner();
      assertThat(
              instance.tokens().stream()
                  .filter(t -> t.id() == timed)
                  .map(ProcessInstance.Token::scope))
          .containsExactlyElementsOf(content.map(ProcessInstance.Scope::id).toList());
    }
  }
}
