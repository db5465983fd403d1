package dev.parley.turn;

import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.reply;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.start;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting messages whose key is held wait for the end of its holder: onHeldKey="queue". */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class SuccessorsTest {
  private static final String QUEUE = "parley:onHeldKey=\"queue\"";

  @TempDir Path folder;

  private static ExecutableProcess paid(String policies) {
    return Shop.compile(
        policies,
        start("placed", "place"),
        receive("paid", "pay"),
        end("end"),
        path("placed", "paid", "end"));
  }

  @Test
  void starts_wait_until_the_holder_ends_and_begin_oldest_first_one_at_a_time() throws Exception {
    try (var house = House.of(folder, paid(QUEUE))) {
      var first = house.message("place", "7");
      var second = house.message("place", "7");
      var third = house.message("place", "7");
      house.send(first);
      assertThat(house.send(second)).isCompletedWithValue(Answer.ACCEPTED);
      house.send(third);
      assertThat(house.state(second)).isEqualTo(MessageState.WAITING);

      house.send("pay", "7");
      assertThat(house.instance(first).isLive()).isFalse();
      assertThat(house.instance(second).isLive()).isTrue();
      assertThat(house.state(third)).isEqualTo(MessageState.WAITING);

      house.restart().send("pay", "7");
      assertThat(house.instance(second).isLive()).isFalse();
      assertThat(house.instance(third).isLive()).isTrue();
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void those_of_one_batch_begin_one_after_another() throws Exception {
    try (var house = House.of(folder, paid(QUEUE))) {
      var first = house.message("place", "7");
      var second = house.message("place", "7");
      house.sendAll(first, second, house.message("pay", "7"), house.message("pay", "7"));
      assertThat(house.instance(first).isLive()).isFalse();
      assertThat(house.instance(second).isLive()).isFalse();
      assertThat(house.count("messages")).isEqualTo(4);
    }
  }

  @Test
  void one_that_another_conversation_holds_too_waits_for_both() throws Exception {
    try (var house = House.of(folder, paid(QUEUE))) {
      house.send(house.message("place", "7", "ann"));
      house.send(house.message("place", "8", "bob"));
      var both = house.message("place", "7", "bob");
      house.send(both);
      house.send("pay", "7");
      assertThat(house.state(both)).isEqualTo(MessageState.WAITING);
      house.send("pay", "8");
      assertThat(house.instance(both).isLive()).isTrue();
    }
  }

  @Test
  void a_caller_waits_for_its_instance() throws Exception {
    var process =
        Shop.compile(
            QUEUE,
            start("asked", "ask"),
            receive("paid", "pay"),
            reply("reply"),
            end("end"),
            path("asked", "paid", "reply", "end"));
    try (var house = House.of(folder, process)) {
      house.send("ask", "7");
      var caller = house.send("ask", "7");
      house.send("pay", "7");
      assertThat(caller).isNotDone();
      house.send("pay", "7");
      assertThat(Objects.requireNonNull(caller).join()).isInstanceOf(Answer.Reply.class);
    }
  }

  @Test
  void instances_that_end_in_their_first_step_free_the_key_for_the_next() throws Exception {
    try (var house = House.of(folder, paid(QUEUE))) {
      house.send("place", "7");
      house.sendAll(house.message("place", "7"), house.message("place", "7"));
      house.deploy(
          Shop.compile(
              QUEUE,
              start("placed", "place"),
              script("note", "'x'", "parley:result=\"note\""),
              end("end"),
              path("placed", "note", "end")));
      house.send("pay", "7");
      assertThat(house.count("liveInstances")).isZero();
      assertThat(house.instances("sell")).hasSize(3);
    }
  }

  @Test
  void they_wait_no_longer_than_early_messages_do() throws Exception {
    try (var house = House.of(folder, paid(QUEUE + " parley:keepEarly=\"PT1H\""))) {
      house.send("place", "7");
      var second = house.message("place", "7");
      house.send(second);
      house.after(Duration.ofHours(1)).send("pay", "7");
      assertThat(house.count("liveInstances")).isZero();
      house.collectExpired();
      assertThat(house.state(second)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void the_bound_of_the_conversation_holds_for_them_too() throws Exception {
    try (var house = House.of(folder, paid(QUEUE + " parley:maxPerConversation=\"1\""))) {
      house.sendAll(house.message("place", "7"), house.message("place", "7"));
      assertThat(kind(house.send("place", "7"))).containsExactly(FaultKind.QUEUE_FULL);
    }
  }

  @Test
  void a_version_that_refuses_them_collects_what_waits() throws Exception {
    try (var house = House.of(folder, paid(QUEUE))) {
      var second = house.message("place", "7");
      house.sendAll(house.message("place", "7"), second);
      house.deploy(paid(""));
      house.send("pay", "7");
      assertThat(house.state(second)).isEqualTo(MessageState.COLLECTED);
    }
  }
}
