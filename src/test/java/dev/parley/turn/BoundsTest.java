package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much may wait, and what happens when it is more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class BoundsTest {
  @TempDir Path folder;

  private House house(String policies) throws Exception {
    return House.of(folder, QueueTest.slow(policies));
  }

  private static String reason(House house, Message message) {
    return Objects.requireNonNull(
            house.store().deadLetters(List.of(message.id())).get(message.id()))
        .reason();
  }

  @Test
  void messages_of_an_operation_are_bounded_together() throws Exception {
    try (var house = house("parley:maxPerOperation=\"2\"")) {
      house.send("pay", "1");
      house.send("pay", "2");
      assertThat(kind(house.send("pay", "3"))).containsExactly(FaultKind.QUEUE_FULL);
      assertThat(house.send("cancel", "3")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void within_one_batch_too() throws Exception {
    try (var house = house("parley:maxPerOperation=\"2\"")) {
      var outcomes =
          house.sendAll(
              house.message("pay", "1"), house.message("pay", "2"), house.message("pay", "3"));
      assertThat(outcomes.stream().flatMap(o -> kind(o).stream()))
          .containsExactly(FaultKind.QUEUE_FULL);
    }
  }

  @Test
  void a_batch_that_is_decided_while_another_one_is_committed_counts_what_waits_in_that()
      throws Exception {
    try (var house = house("parley:maxPerOperation=\"2\"")) {
      var first =
          house.prepare(house.arrivals(house.message("pay", "1"), house.message("pay", "2")), null);
      var second = house.arrivals(house.message("pay", "3"));
      var prepared = house.prepare(second, first);
      house.commit(first);
      house.commit(prepared);
      assertThat(kind(second.getFirst().outcome())).containsExactly(FaultKind.QUEUE_FULL);
    }
  }

  @Test
  void what_a_batch_that_failed_would_have_queued_does_not_count() throws Exception {
    try (var house = house("parley:maxPerOperation=\"1\"")) {
      house.prepare(house.arrivals(house.message("pay", "1")), null);
      assertThat(house.send("pay", "2")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void who_leaves_makes_room_and_what_waits_is_counted_again_after_a_restart() throws Exception {
    try (var house = house("parley:maxPerOperation=\"2\"")) {
      house.sendAll(
          house.message("place", "1"), house.message("pay", "1"), house.message("pay", "2"));
      house.restart();
      assertThat(kind(house.send("pay", "3"))).containsExactly(FaultKind.QUEUE_FULL);
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.send("pay", "3")).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(kind(house.send("pay", "4"))).containsExactly(FaultKind.QUEUE_FULL);
      house.collectExpired();
      assertThat(house.send("pay", "4")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void bytes_are_bounded_together() throws Exception {
    try (var house = house("parley:maxBytes=\"150\"")) {
      house.send("pay", "1");
      house.send("pay", "2");
      assertThat(kind(house.send("pay", "3"))).containsExactly(FaultKind.QUEUE_FULL);
    }
  }

  @Test
  void a_message_that_is_larger_than_all_may_be_is_told_so_but_taken_by_a_receive_that_waits()
      throws Exception {
    try (var house =
        House.of(folder, QueueTest.prompt("parley:maxBytes=\"60\" parley:onFull=\"dropOldest\""))) {
      var refused = house.send("pay", "1");
      assertThat(kind(refused)).containsExactly(FaultKind.QUEUE_FULL);
      assertThat(((Answer.Faulted) refused.join()).fault().reason()).contains("60 together");
      house.send("place", "1");
      assertThat(house.send("pay", "1")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void the_oldest_message_makes_room_where_the_policy_says_so() throws Exception {
    try (var house = house("parley:maxPerOperation=\"2\" parley:onFull=\"dropOldest\"")) {
      var first = house.message("pay", "1");
      var second = house.message("pay", "2");
      house.sendAll(first, second);
      assertThat(house.send("pay", "3")).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(first)).isEqualTo(MessageState.COLLECTED);
      assertThat(reason(house, first)).isEqualTo("Overflow");
      assertThat(kind(Objects.requireNonNull(house.row(first).answer())))
          .containsExactly(FaultKind.QUEUE_FULL);
      house.send("pay", "4");
      assertThat(house.state(second)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.count("waitingMessages")).isEqualTo(2);
    }
  }

  @Test
  void within_one_batch_the_oldest_makes_room_too() throws Exception {
    try (var house = house("parley:maxPerConversation=\"1\" parley:onFull=\"dropOldest\"")) {
      var first = house.message("pay", "1");
      var second = house.message("pay", "1");
      house.sendAll(first, second);
      assertThat(house.state(first)).isEqualTo(MessageState.COLLECTED);
      assertThat(house.state(second)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void as_many_old_ones_leave_as_the_bytes_of_the_new_one_take() throws Exception {
    try (var house = house("parley:maxBytes=\"240\" parley:onFull=\"dropOldest\"")) {
      house.send("pay", "1");
      house.send("pay", "2");
      var third = house.message("pay", "3");
      house.send(third);
      var large = house.message("pay", "x".repeat(90));
      assertThat(house.send(large)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(large)).isEqualTo(MessageState.WAITING);
      assertThat(house.state(third)).isEqualTo(MessageState.WAITING);
      assertThat(house.count("waitingMessages")).isEqualTo(2);
    }
  }

  @Test
  void a_caller_whose_message_makes_room_is_told() throws Exception {
    var process =
        Shop.compile(
            "parley:maxPerOperation=\"1\" parley:onFull=\"dropOldest\"",
            start("placed", "place"),
            timer("wait", "PT1H"),
            receive("asked", "ask"),
            reply("reply"),
            path("placed", "wait", "asked", "reply"));
    try (var house = House.of(folder, process)) {
      var first = house.send("ask", "1");
      assertThat(first).isNotDone();
      house.send("ask", "2");
      assertThat(kind(first)).containsExactly(FaultKind.QUEUE_FULL);
      assertThat(((Answer.Faulted) first.join()).fault()).isInstanceOf(Fault.Gateway.class);
    }
  }
}
