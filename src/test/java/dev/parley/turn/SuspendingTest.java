package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class SuspendingTest {
  @TempDir Path folder;

  /** Waits for payment at most two hours, then for a day. */
  private static ExecutableProcess sale(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        receive("paid", "pay"),
        boundaryTimer("late", "paid", "PT2H", true),
        timer("w", "P1D"),
        timer("reminded", "P1D"),
        end("end"),
        path("placed", "paid", "w", "end"),
        path("late", "reminded", "end"));
  }

  private static Answer suspend(House house, Message order) {
    return house.turn(new TurnInput.Suspend(house.instance(order).id()));
  }

  private static Answer resume(House house, Message order) {
    return house.turn(new TurnInput.Resume(house.instance(order).id()));
  }

  @Test
  void a_message_for_a_suspended_instance_waits_until_it_goes_on() throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      var payment = house.message("pay", "7");
      house.send(order);
      assertThat(suspend(house, order)).isEqualTo(Answer.ACCEPTED);
      assertThat(house.send(payment)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      assertThat(house.waiting(order)).containsExactly("paid");
      assertThat(resume(house, order)).isEqualTo(Answer.ACCEPTED);
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactly("w");
    }
  }

  @Test
  void or_is_refused_where_the_policy_says_so() throws Exception {
    try (var house = House.of(folder, sale("parley:onSuspended=\"reject\""))) {
      var order = house.message("place", "7");
      house.send(order);
      suspend(house, order);
      assertThat(kind(house.send("pay", "7").join())).containsExactly(FaultKind.SUSPENDED);
      resume(house, order);
      assertThat(house.send("pay", "7")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void a_message_that_a_suspended_instance_takes_no_more_is_late_as_ever() throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "7");
      suspend(house, order);
      assertThat(kind(house.send("pay", "7").join())).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_timer_that_is_due_meanwhile_fires_when_the_instance_goes_on_and_before_any_message()
      throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      var payment = house.message("pay", "7");
      house.send(order);
      suspend(house, order);
      house.send(payment);
      house.after(Duration.ofHours(3)).ring();
      assertThat(house.waiting(order)).containsExactly("paid");
      assertThat(house.count("timers")).as("nothing to fire").isZero();
      resume(house, order);
      assertThat(house.waiting(order)).containsExactly("reminded");
      assertThat(house.state(payment)).isNotEqualTo(MessageState.CONSUMED);
    }
  }

  @Test
  void a_timer_that_is_not_due_goes_on_as_it_was() throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      house.send(order);
      suspend(house, order);
      house.after(Duration.ofHours(1));
      resume(house, order);
      house.after(Duration.ofMinutes(59)).ring();
      assertThat(house.waiting(order)).containsExactly("paid");
      house.after(Duration.ofMinutes(1)).ring();
      assertThat(house.waiting(order)).containsExactly("reminded");
    }
  }

  @Test
  void what_becomes_of_a_sent_message_is_held_across_a_restart() throws Exception {
    var charging =
        Shop.compile(
            "",
            start("placed", "place"),
            charge("charged"),
            timer("w", "P1D"),
            end("end"),
            path("placed", "charged", "w", "end"));
    try (var house = House.of(folder, charging)) {
      var order = house.message("place", "7");
      house.send(order);
      var sent = house.outbound().getFirst();
      suspend(house, order);
      var answer = new TurnInput.SendOutcome.Answered(Shop.receipt("7"));
      house.turn(new TurnInput.Sent(sent.id(), answer));
      assertThat(house.waiting(order)).containsExactly("charged");
      house.restart();
      resume(house, order);
      assertThat(house.waiting(order)).containsExactly("w");
      var instance = house.instance(order);
      assertThat(house.replayed(instance.id())).isEqualTo(instance);
    }
  }

  @Test
  void to_suspend_or_resume_twice_changes_nothing() throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      house.send(order);
      assertThat(resume(house, order)).isEqualTo(Answer.ACCEPTED);
      suspend(house, order);
      var suspended = house.instance(order);
      assertThat(suspend(house, order)).isEqualTo(Answer.ACCEPTED);
      assertThat(house.instance(order)).isEqualTo(suspended);
    }
  }

  @Test
  void only_a_running_instance_is_suspended() throws Exception {
    try (var house = House.of(folder, sale(""))) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("pay", "7");
      house.after(Duration.ofDays(1)).ring();
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(kind(suspend(house, order))).containsExactly(FaultKind.TOO_LATE);
      assertThat(kind(house.turn(new TurnInput.Suspend(new InstanceId(4711)))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    }
  }
}
