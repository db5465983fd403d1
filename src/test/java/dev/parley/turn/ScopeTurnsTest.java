package dev.parley.turn;

import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.catching;
import static dev.parley.model.Drawing.comes;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.eventSubProcess;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.signal;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages, queues and signals meet events on boundaries, in event sub-processes and races. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScopeTurnsTest {
  @TempDir private Path folder;

  private static ExecutableProcess racing() {
    return Shop.compile(
        "",
        start("placed", "place"),
        timer("wait", "PT1H"),
        eventBased("race"),
        catching("paid", "pay"),
        catching("cancelled", "cancel"),
        timer("shipped", "P1D"),
        timer("stopped", "P1D"),
        path("placed", "wait", "race", "paid", "shipped"),
        path("race", "cancelled", "stopped"));
  }

  @Test
  void of_messages_that_came_before_the_race_the_oldest_wins_and_the_other_is_collected()
      throws Exception {
    try (var house = House.of(folder, racing())) {
      var order = house.message("place", "7");
      var _ = house.send(order);
      var cancellation = house.message("cancel", "7");
      var payment = house.message("pay", "7");
      assertThat(house.send(cancellation)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.send(payment)).isCompletedWithValue(Answer.ACCEPTED);

      house.after(Duration.ofHours(1)).ring();

      assertThat(house.waiting(order)).containsExactly("stopped");
      assertThat(house.state(cancellation)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.state(payment)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void who_comes_after_the_race_is_late_and_is_told() throws Exception {
    try (var house = House.of(folder, racing())) {
      var _ = house.send("place", "7");
      house.after(Duration.ofHours(1)).ring();
      var _ = house.send("pay", "7");

      assertThat(House.kind(house.send("cancel", "7"))).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void an_early_message_waits_for_the_event_sub_process_of_a_scope_that_is_yet_to_open()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            timer("wait", "PT1H"),
            subProcess(
                "shipping",
                noneStart("inner"),
                receive("paid", "pay"),
                path("inner", "paid"),
                eventSubProcess(
                    "cancelling",
                    anyEvent("startEvent", "cancelled", comes("cancel")),
                    timer("undo", "P1D"),
                    path("cancelled", "undo"))),
            end("end"),
            path("placed", "wait", "shipping", "end"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      var _ = house.send(order);
      var cancellation = house.message("cancel", "7");
      assertThat(house.send(cancellation)).isCompletedWithValue(Answer.ACCEPTED);

      house.after(Duration.ofHours(1)).ring();

      assertThat(house.state(cancellation)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactly("shipping", "undo");
      assertThat(House.kind(house.send("pay", "7"))).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_signal_reaches_every_instance_that_waits_for_it_in_the_commit_that_throws_it()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            anyEvent("intermediateCatchEvent", "heard", signal()),
            receive("paid", "pay"),
            anyEvent("intermediateThrowEvent", "said", signal()),
            timer("next", "P1D"),
            path("placed", "fork", "heard", "next"),
            path("fork", "paid", "said"));
    try (var house = House.of(folder, process)) {
      var one = house.message("place", "1");
      var other = house.message("place", "2");
      var _ = house.send(one);
      var _ = house.send(other);
      assertThat(house.waiting(one)).containsExactly("heard", "paid");

      var _ = house.send("pay", "1");

      assertThat(house.waiting(one)).containsExactly("next");
      assertThat(house.waiting(other)).containsExactly("paid", "next");
      assertThat(house.count("subscriptions")).isEqualTo(1);
    }
  }

  @Test
  void who_begins_to_wait_after_a_signal_was_thrown_has_missed_it() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            anyEvent("intermediateThrowEvent", "said", signal()),
            anyEvent("intermediateCatchEvent", "heard", signal()),
            end("end"),
            path("placed", "said", "heard", "end"));
    try (var house = House.of(folder, process)) {
      var one = house.message("place", "1");
      var other = house.message("place", "2");

      var _ = house.send(one);
      assertThat(house.waiting(one)).containsExactly("heard");

      var _ = house.send(other);
      assertThat(house.waiting(one)).isEmpty();
      assertThat(house.waiting(other)).containsExactly("heard");
    }
  }
}
