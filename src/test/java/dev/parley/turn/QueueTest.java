package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class QueueTest {
  @TempDir Path folder;

  /** Waits an hour, then for payment, then for cancellation. */
  static ExecutableProcess slow(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        timer("wait", "PT1H"),
        receive("paid", "pay"),
        receive("cancelled", "cancel"),
        end("end"),
        path("placed", "wait", "paid", "cancelled", "end"));
  }

  static ExecutableProcess prompt(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        receive("paid", "pay"),
        boundaryTimer("late", "paid", "PT2H", true),
        timer("w", "P1D"),
        end("end"),
        path("placed", "paid", "w", "end"),
        path("late", "w"));
  }

  @Test
  void a_message_is_taken_by_the_receive_that_waits_for_it() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var order = house.message("place", "7");
      var payment = house.message("pay", "7");
      assertThat(house.send(order)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.send(payment)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.waiting(order)).containsExactly("w");
      assertThat(house.row(payment).instance()).isEqualTo(house.row(order).instance());
    }
  }

  @Test
  void a_message_of_another_conversation_is_not() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "8");
      assertThat(house.waiting(order)).containsExactly("paid");
    }
  }

  @Test
  void an_early_message_waits_until_its_receive_opens() throws Exception {
    try (var house = House.of(folder, slow(""))) {
      var order = house.message("place", "7");
      var payment = house.message("pay", "7");
      house.send(order);
      house.send(payment);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactly("cancelled");
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void several_early_messages_are_taken_one_after_another_in_one_turn() throws Exception {
    try (var house = House.of(folder, slow(""))) {
      var order = house.message("place", "7");
      house.sendAll(order, house.message("cancel", "7"), house.message("pay", "7"));
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void a_message_of_an_unknown_conversation_waits_for_the_start() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var payment = house.message("pay", "7");
      assertThat(house.send(payment)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      var order = house.message("place", "7");
      house.after(Duration.ofMinutes(59)).send(order);
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void an_expired_message_is_not_taken_even_before_it_is_collected() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var payment = house.message("pay", "7");
      house.send(payment);
      var order = house.message("place", "7");
      house.after(Duration.ofHours(1)).send(order);
      assertThat(house.waiting(order)).containsExactly("paid");
      house.collectExpired();
      assertThat(house.state(payment)).isEqualTo(MessageState.COLLECTED);
      assertThat(kind(Objects.requireNonNull(house.row(payment).answer())))
          .containsExactly(FaultKind.EXPIRED);
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void a_message_that_came_too_late_is_refused() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      house.send("place", "7");
      house.send("pay", "7");
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_message_without_a_key_is_invalid() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      assertThat(kind(house.send("pay", ""))).containsExactly(FaultKind.INVALID_MESSAGE);
    }
  }

  @Test
  void policies_reject_or_discard() throws Exception {
    try (var house =
        House.of(folder, slow("parley:onEarly=\"reject\" parley:onUnknown=\"discard\""))) {
      house.send("place", "7");
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.TOO_EARLY);
      var unknown = house.message("pay", "8");
      assertThat(house.send(unknown)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(unknown)).isEqualTo(MessageState.DISCARDED);
    }
  }

  @Test
  void a_full_queue_refuses() throws Exception {
    try (var house = House.of(folder, slow("parley:maxPerConversation=\"2\""))) {
      house.sendAll(
          house.message("place", "7"), house.message("pay", "7"), house.message("pay", "7"));
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.QUEUE_FULL);
    }
  }

  @Test
  void a_start_with_a_key_that_a_live_instance_holds_is_refused() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      house.send("place", "7");
      assertThat(kind(house.send("place", "7"))).containsExactly(FaultKind.CORRELATION_VIOLATION);
      assertThat(house.count("liveInstances")).isEqualTo(1);
    }
  }

  @Test
  void a_start_with_a_held_key_is_allowed_where_the_process_says_so() throws Exception {
    try (var house = House.of(folder, prompt("parley:onHeldKey=\"allow\""))) {
      house.send(house.message("place", "7", "ann"));
      assertThat(house.send(house.message("place", "8", "ann")))
          .isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void messages_of_one_batch_meet_in_one_instance() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var order = house.message("place", "7");
      var payment = house.message("pay", "7");
      house.sendAll(payment, order, house.message("place", "8"));
      assertThat(house.waiting(order)).containsExactly("w");
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
    }
  }

  @Test
  void across_several_opened_receives_the_oldest_message_is_taken_first() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            timer("wait", "PT1H"),
            parallel("fork"),
            receive("paid", "pay"),
            receive("cancelled", "cancel"),
            script("p", "concat(string($note), 'p')", "parley:result=\"note\""),
            script("c", "concat(string($note), 'c')", "parley:result=\"note\""),
            timer("w", "P1D"),
            path("placed", "wait", "fork", "paid", "p", "w"),
            path("fork", "cancelled", "c", "w"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("cancel", "7");
      house.send("pay", "7");
      house.after(Duration.ofHours(1)).ring();
      long note = Objects.requireNonNull(process.scope(0).variables().get("note")).index();
      var value = Objects.requireNonNull(house.instance(order).items().get(note));
      assertThat(value.asText()).isEqualTo("cp");
    }
  }

  @Test
  void an_instance_that_ends_collects_what_waited_for_it() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            timer("wait", "PT1H"),
            exclusive("gate", "gate_end"),
            receive("asked", "ask"),
            reply("reply"),
            end("end"),
            path("placed", "wait", "gate", "end"),
            when("gate", "asked", "false()"),
            path("asked", "reply", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var question = house.message("ask", "7");
      var caller = house.send(question);
      assertThat(caller).isNotDone();
      house.after(Duration.ofHours(1)).ring();
      assertThat(kind(caller)).containsExactly(FaultKind.TOO_LATE);
      assertThat(house.state(question)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void an_instance_that_ends_leaves_the_messages_of_other_conversations_alone() throws Exception {
    try (var house = House.of(folder, slow("parley:onHeldKey=\"allow\""))) {
      var other = house.message("pay", "8", "ann");
      house.send(other);
      house.sendAll(
          house.message("place", "7", "ann"),
          house.message("pay", "7"),
          house.message("cancel", "7"));
      house.after(Duration.ofMinutes(30)).send(house.message("place", "9"));
      house.after(Duration.ofMinutes(29)).ring();
      assertThat(house.state(other)).isEqualTo(MessageState.WAITING);
      house.after(Duration.ofMinutes(1)).ring();
      assertThat(house.state(other)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void timers_that_are_due_fire_before_the_message() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var order = house.message("place", "7");
      house.send(order);
      assertThat(kind(house.after(Duration.ofHours(2)).send("pay", "7")))
          .containsExactly(FaultKind.TOO_LATE);
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void a_timer_that_is_due_opens_the_receive_before_the_message_is_judged() throws Exception {
    try (var house = House.of(folder, slow("parley:onEarly=\"reject\""))) {
      house.send("place", "7");
      assertThat(house.after(Duration.ofHours(1)).send("pay", "7"))
          .isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void a_loop_over_a_timer_that_is_always_due_does_not_hold_up_the_message() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            exclusive("again", ""),
            timer("soon", "PT0S"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "fork", "again", "soon", "again"),
            path("fork", "paid", "end"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "7");
      assertThat(house.waiting(order)).containsExactly("soon");
    }
  }

  @Test
  void a_timer_that_no_longer_runs_makes_no_turn() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var order = house.message("place", "7");
      house.send(order);
      int timer = house.instance(order).timers().getFirst().id();
      house.send("pay", "7");
      var before = house.instance(order);
      house.turn(new TurnInput.TimerDue(before.id(), timer));
      assertThat(house.instance(order)).isEqualTo(before);
    }
  }

  @Test
  void a_message_fits_the_version_its_instance_runs_and_new_instances_run_the_latest()
      throws Exception {
    // The second version calls the key by another property's path and declares the keys in another
    // order.
    var other =
        Map.of(
            "<correlationKey id=\"byOrder\" name=\"byOrder\">\n"
                + "      <correlationPropertyRef>tns:orderId<",
            "<correlationKey id=\"byOrder\" name=\"byCustomer\">\n"
                + "      <correlationPropertyRef>tns:customer<",
            "<correlationKey id=\"byCustomer\" name=\"byCustomer\">\n"
                + "      <correlationPropertyRef>tns:customer<",
            "<correlationKey id=\"byCustomer\" name=\"byOrder\">\n"
                + "      <correlationPropertyRef>tns:orderId<");
    var drawing =
        new String[] {
          start("placed", "place"),
          receive("paid", "pay"),
          timer("w2", "P1D"),
          path("placed", "paid", "w2")
        };
    try (var house = House.of(folder, prompt(""))) {
      var first = house.message("place", "7", "ann");
      house.send(first);
      house.deploy(Shop.compile("", other, drawing));
      var second = house.message("place", "8", "bob");
      house.send(second);
      house.sendAll(house.message("pay", "7", "ann"), house.message("pay", "8"));
      assertThat(house.waiting(first)).containsExactly("w");
      assertThat(house.waiting(second)).containsExactly("w2");
    }
  }

  @Test
  void a_message_queued_before_a_deployment_fits_the_new_version() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var payment = house.message("pay", "7");
      house.send(payment);
      house.deploy(slow(""));
      var order = house.message("place", "7");
      house.send(order);
      house.after(Duration.ofMinutes(59)).restart();
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void starting_what_cannot_be_started_is_refused() throws Exception {
    try (var house = House.of(folder, prompt(""))) {
      var missing =
          house.turn(new TurnInput.Start("nothing", new InstanceId(house.ids().getAsLong())));
      assertThat(kind(missing)).containsExactly(FaultKind.UNKNOWN_OPERATION);
      var noStart =
          house.turn(new TurnInput.Start("sell", new InstanceId(house.ids().getAsLong())));
      assertThat(kind(noStart)).containsExactly(FaultKind.UNKNOWN_OPERATION);
    }
  }

  @Test
  void a_process_with_a_none_start_event_is_started() throws Exception {
    var process = Shop.compile("", noneStart("start"), timer("w", "P1D"), path("start", "w"));
    try (var house = House.of(folder, process)) {
      var id = new InstanceId(house.ids().getAsLong());
      assertThat(house.turn(new TurnInput.Start("sell", id))).isEqualTo(Answer.ACCEPTED);
      assertThat(house.instance(id).isLive()).isTrue();
    }
  }
}
