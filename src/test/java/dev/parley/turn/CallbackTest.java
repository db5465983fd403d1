package dev.parley.turn;

import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.charge;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.terminate;
import static dev.parley.model.Drawing.timer;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.TurnInput.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Service tasks whose answer is a message of its own: parley:callback. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class CallbackTest {
  private static final String PAID = "parley:callback=\"tns:op_pay\" parley:result=\"payment\"";

  @TempDir Path folder;

  private static ExecutableProcess charging(String... attributes) {
    return Shop.compile(
        "",
        start("placed", "place"),
        charge("charge", PAID + " " + String.join(" ", attributes)),
        boundaryError("late", "charge", "untimely"),
        boundaryError("failed", "charge", "undelivered"),
        timer("w", "P1D"),
        timer("l", "P1D"),
        timer("f", "P1D"),
        path("placed", "charge", "w"),
        path("late", "l"),
        path("failed", "f"));
  }

  private static MessageId sent(House house) {
    return house.outbound().getFirst().id();
  }

  private static void acknowledge(House house, MessageId sent) {
    house.turn(new TurnInput.Sent(sent, new SendOutcome.Answered(Shop.receipt("noted"))));
  }

  @Test
  void an_acknowledgement_is_not_the_answer_but_the_callback_is() throws Exception {
    var process = charging();
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = sent(house);
      acknowledge(house, sent);
      assertThat(house.waiting(order)).containsExactly("charge");
      var answer = house.answer(sent, "pay", "");
      assertThat(house.restart().send(answer)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.waiting(order)).containsExactly("w");
      long payment = Objects.requireNonNull(process.scope(0).variables().get("payment")).index();
      var kept = Objects.requireNonNull(house.instance(order).items().get(payment));
      assertThat(kept.asBody()).isEqualTo(answer.body());
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.DELIVERED);
      var id = house.instance(order).id();
      assertThat(house.replayed(id)).isEqualTo(house.instance(order));
    }
  }

  @Test
  void a_callback_that_has_only_the_key_is_one_too() throws Exception {
    try (var house = House.of(folder, charging())) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "7");
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void a_callback_may_come_before_the_deliverys_outcome_and_ends_its_attempts() throws Exception {
    try (var house = House.of(folder, charging())) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = sent(house);
      house.send(house.answer(sent, "pay", ""));
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.CANCELLED);
      var before = house.instance(order);
      acknowledge(house, sent);
      assertThat(house.instance(order)).isEqualTo(before);
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void no_callback_in_time_is_a_delivery_timeout_also_where_the_partner_has_acknowledged()
      throws Exception {
    try (var house = House.of(folder, charging("parley:answerWithin=\"PT2H\""))) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = sent(house);
      acknowledge(house, sent);
      house.after(Duration.ofMinutes(119)).ring();
      assertThat(house.waiting(order)).containsExactly("charge");
      house.after(Duration.ofMinutes(1)).ring();
      assertThat(house.waiting(order)).containsExactly("l");
      assertThat(kind(house.send(house.answer(sent, "pay", ""))))
          .containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_callback_in_time_ends_the_wait() throws Exception {
    try (var house = House.of(folder, charging("parley:answerWithin=\"PT2H\""))) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "7");
      assertThat(house.instance(order).timers()).hasSize(1);
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void a_message_that_cannot_be_delivered_fails_the_task() throws Exception {
    try (var house = House.of(folder, charging())) {
      var order = house.message("place", "7");
      house.send(order);
      house.turn(new TurnInput.Sent(sent(house), new SendOutcome.Failed(false, "refused")));
      assertThat(house.waiting(order)).containsExactly("f");
    }
  }

  @Test
  void an_instance_that_was_started_again_takes_the_answer_to_the_one_before() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            charge("charge", PAID),
            timer("w", "P1D"),
            receive("cancelled", "cancel"),
            terminate("stop"),
            path("placed", "fork", "charge", "w"),
            path("fork", "cancelled", "stop"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var sent = sent(house);
      house.send("cancel", "7");
      var again = house.message("place", "7");
      house.send(again);
      house.send(house.answer(sent, "pay", "7"));
      assertThat(house.waiting(again)).containsExactlyInAnyOrder("w", "cancelled");
    }
  }

  @Test
  void a_task_that_is_done_again_takes_the_answer_to_what_it_sent_before() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            charge("charge", PAID),
            boundaryTimer("again", "charge", "PT1H", true),
            timer("w", "P1D"),
            path("placed", "charge", "w"),
            path("again", "charge"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = sent(house);
      house.after(Duration.ofHours(1)).ring();
      house.send(house.answer(sent, "pay", ""));
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void each_of_several_instances_of_the_task_takes_its_own() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            looping(
                charge("charge", PAID),
                "<multiInstanceLoopCharacteristics><loopCardinality"
                    + " xsi:type=\"tFormalExpression\">2</loopCardinality>"
                    + "</multiInstanceLoopCharacteristics>"),
            end("end"),
            path("placed", "charge", "end"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = house.outbound();
      var one = house.answer(sent.get(1).id(), "pay", "");
      house.send(one);
      assertThat(house.state(one)).isEqualTo(MessageState.CONSUMED);
      var repeated = house.answer(sent.get(1).id(), "pay", "");
      house.send(repeated);
      assertThat(house.state(repeated)).isEqualTo(MessageState.WAITING);
      house.send(house.answer(sent.get(0).id(), "pay", ""));
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.state(repeated)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void the_process_is_hosted_where_its_callbacks_come_in() {
    assertThat(charging().provided())
        .anySatisfy(
            port ->
                assertThat(port.service().name()).isEqualTo(Shop.operation("pay").interfaceName()));
  }
}
