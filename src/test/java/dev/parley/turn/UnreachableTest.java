package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.CollectionReason;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class UnreachableTest {
  @TempDir Path folder;

  private static final String[] PAYS_OR_CANCELS = {
    start("placed", "place"),
    eventBased("first"),
    timer("soon", "PT1H"),
    catching("cancelled", "cancel"),
    receive("paid", "pay"),
    timer("w", "P1D"),
    end("end"),
    path("placed", "first", "soon", "paid", "w", "end"),
    path("first", "cancelled", "w")
  };

  private static String reason(House house, Message message) {
    assertThat(house.state(message)).isEqualTo(MessageState.COLLECTED);
    return Objects.requireNonNull(
            house.store().deadLetters(List.of(message.id())).get(message.id()))
        .reason();
  }

  @Test
  void what_the_other_path_would_have_taken_is_collected() throws Exception {
    try (var house = House.of(folder, Shop.compile("", PAYS_OR_CANCELS))) {
      var payment = house.message("pay", "7");
      house.send("place", "7");
      house.send(payment);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      house.send("cancel", "7");
      assertThat(reason(house, payment)).isEqualTo(CollectionReason.UNREACHABLE.wireName());
      assertThat(kind(Objects.requireNonNull(house.row(payment).answer())))
          .containsExactly(FaultKind.TOO_LATE);
      assertThat(house.count("waitingMessages")).isZero();
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_caller_who_waits_is_told() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            eventBased("first"),
            timer("soon", "PT1H"),
            catching("cancelled", "cancel"),
            receive("asked", "ask"),
            reply("reply"),
            timer("w", "P1D"),
            path("placed", "first", "soon", "asked", "reply", "w"),
            path("first", "cancelled", "w"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var caller = house.send("ask", "7");
      assertThat(caller).isNotDone();
      house.send("cancel", "7");
      assertThat(kind(caller)).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_message_that_came_before_its_conversation_is_collected_when_that_cannot_take_it()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            exclusive("gate", "gate_w"),
            receive("paid", "pay"),
            timer("w", "P1D"),
            path("placed", "gate", "w"),
            when("gate", "paid", "false()"));
    try (var house = House.of(folder, process)) {
      var payment = house.message("pay", "7");
      house.send(payment);
      house.send("place", "7");
      assertThat(reason(house, payment)).isEqualTo("Unreachable");
    }
  }

  @Test
  void what_another_instance_may_take_by_another_key_waits() throws Exception {
    try (var house = House.of(folder, Shop.compile("", PAYS_OR_CANCELS))) {
      house.send(house.message("place", "", "ann"));
      house.send("place", "7");
      var payment = house.message("pay", "7", "ann");
      house.send(payment);
      house.send("cancel", "7");
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void what_another_instance_may_take_outlives_the_conversation_that_has_ended() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            eventBased("first"),
            timer("soon", "PT1H"),
            catching("cancelled", "cancel"),
            receive("paid", "pay"),
            timer("w", "P1D"),
            end("end"),
            path("placed", "first", "soon", "paid", "w"),
            path("first", "cancelled", "end"));
    try (var house = House.of(folder, process)) {
      var ann = house.message("place", "", "ann");
      house.send(ann);
      house.send("place", "7");
      var payment = house.message("pay", "7", "ann");
      house.send(payment);
      house.send("cancel", "7");
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.waiting(ann)).containsExactly("w");
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
    }
  }

  @Test
  void what_an_instance_may_take_that_shares_the_key_waits() throws Exception {
    var process = Shop.compile("parley:onHeldKey=\"allow\"", PAYS_OR_CANCELS);
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var payment = house.message("pay", "7");
      house.send(payment);
      house.send("cancel", "7");
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void what_may_start_an_instance_waits_for_the_end_of_the_one_that_took_it_so_far()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            eventBased("first"),
            timer("soon", "PT1H"),
            catching("cancelled", "cancel"),
            receive("again", "place"),
            timer("w", "P1D"),
            path("placed", "first", "soon", "again", "w"),
            path("first", "cancelled", "w"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var again = house.message("place", "7");
      house.send(again);
      assertThat(house.state(again)).isEqualTo(MessageState.WAITING);
      house.send("cancel", "7");
      assertThat(house.state(again)).isEqualTo(MessageState.WAITING);
      house.after(Duration.ofDays(1)).ring();
      assertThat(reason(house, again)).isEqualTo("ConversationEnded");
    }
  }

  @Test
  void a_key_that_a_sent_message_bears_proves_nothing() throws Exception {
    var starts =
        new String[] {
          start("placed", "place"),
          receive("asked", "ask"),
          reply("reply"),
          path("placed", "asked", "reply")
        };
    var answered =
        Map.of(
            "<messagePath>/o:question/o:orderId</messagePath>\n"
                + "    </correlationPropertyRetrievalExpression>",
            """
            <messagePath>/o:question/o:orderId</messagePath>
                </correlationPropertyRetrievalExpression>
                <correlationPropertyRetrievalExpression messageRef="tns:statusMessage">
                  <messagePath>/o:status</messagePath>
                </correlationPropertyRetrievalExpression>
            """);
    assertThat(version(Shop.compile("", answered, starts)).keepsApart("byOrder")).isFalse();
    assertThat(version(Shop.compile("", starts)).keepsApart("byOrder")).isTrue();
    var begun =
        new String[] {
          noneStart("begun"),
          receive("asked", "ask"),
          reply("reply"),
          path("begun", "asked", "reply")
        };
    assertThat(version(Shop.compile("", answered, begun)).keepsApart("byOrder")).isFalse();
    assertThat(version(Shop.compile("", begun)).keepsApart("byOrder")).isTrue();
  }

  private static ProcessVersion version(ExecutableProcess process) {
    return new ProcessVersion(1, 1, process);
  }
}
