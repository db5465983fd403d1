package dev.parley.turn;

import static dev.parley.model.Drawing.catching;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.payload;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.tell;
import static dev.parley.model.Drawing.timer;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts that share a key, keys that chain, and messages that fit more than they should. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class JoiningTest {
  /** Both properties in one key. */
  private static final Map<String, String> COMPOSITE =
      Map.of(
          "<correlationPropertyRef>tns:orderId</correlationPropertyRef>",
          "<correlationPropertyRef>tns:orderId</correlationPropertyRef>"
              + "<correlationPropertyRef>tns:customer</correlationPropertyRef>");

  /** What is told to the bank has the order's number. */
  private static final Map<String, String> TOLD =
      Map.of(
          "<correlationProperty id=\"customer\" name=\"customer\">",
          "<correlationProperty id=\"customer\" name=\"customer\">"
              + "<correlationPropertyRetrievalExpression messageRef=\"tns:receiptMessage\">"
              + "<messagePath>/b:receipt</messagePath></correlationPropertyRetrievalExpression>");

  /** And only what is told and paid says who the customer is. */
  private static final Map<String, String> TOLD_ALONE =
      Map.of(
          "<correlationProperty id=\"customer\" name=\"customer\">",
          TOLD.values().iterator().next(),
          "messageRef=\"tns:orderMessage\">\n      <messagePath>/o:order/o:customer",
          "messageRef=\"tns:chargeMessage\">\n      <messagePath>/o:order/o:customer");

  private static final String TWICE =
      "<multiInstanceLoopCharacteristics><loopCardinality"
          + " xsi:type=\"tFormalExpression\">2</loopCardinality></multiInstanceLoopCharacteristics>";

  @TempDir Path folder;

  /** The first of three messages begins, the others join; in the end all have come. */
  private static ExecutableProcess assembling() {
    return Shop.compile(
        "",
        eventBased("all", "instantiate=\"true\"", "eventGatewayType=\"Parallel\""),
        catching("placed", "place"),
        catching("paid", "pay"),
        catching("cancelled", "cancel"),
        parallel("join"),
        end("end"),
        path("all", "placed", "join", "end"),
        path("all", "paid", "join"),
        path("all", "cancelled", "join"));
  }

  static Stream<List<String>> orders() {
    return Stream.of(
        List.of("place", "pay", "cancel"),
        List.of("place", "cancel", "pay"),
        List.of("pay", "place", "cancel"),
        List.of("pay", "cancel", "place"),
        List.of("cancel", "place", "pay"),
        List.of("cancel", "pay", "place"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void whichever_message_is_first_begins_and_the_rest_join(List<String> operations)
      throws Exception {
    try (var house = House.of(folder, assembling())) {
      var messages = operations.stream().map(o -> house.message(o, "7")).toList();
      messages.forEach(house::send);
      assertThat(house.instances("sell")).hasSize(1);
      assertThat(house.instance(messages.getFirst()).status()).isEqualTo(Status.COMPLETED);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void in_one_batch_too_and_each_conversation_by_itself(List<String> operations) throws Exception {
    try (var house = House.of(folder, assembling())) {
      var messages =
          operations.stream()
              .flatMap(o -> Stream.of(house.message(o, "7"), house.message(o, "8")))
              .toArray(Message[]::new);
      house.sendAll(messages);
      assertThat(house.instances("sell")).hasSize(2).noneMatch(i -> i.isLive());
    }
  }

  @Test
  void what_has_joined_does_not_begin_another_one_while_the_first_lives() throws Exception {
    try (var house = House.of(folder, assembling())) {
      house.send("place", "7");
      assertThat(kind(house.send("place", "7"))).containsExactly(FaultKind.CORRELATION_VIOLATION);
      house.send("pay", "7");
      house.send("cancel", "7");
      assertThat(house.send("place", "7")).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.instances("sell")).hasSize(2);
    }
  }

  @Test
  void a_message_that_joins_sets_the_keys_that_were_not_set() throws Exception {
    try (var house = House.of(folder, assembling())) {
      house.send("place", "7");
      house.send(house.message("pay", "7", "ann"));
      var last = house.message("cancel", "", "ann");
      house.send(last);
      assertThat(house.instance(last).status()).isEqualTo(Status.COMPLETED);
    }
  }

  @Test
  void starts_that_are_alternatives_share_the_key_but_not_the_instance() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            start("asked", "cancel"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"),
            path("asked", "paid"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      assertThat(kind(house.send("cancel", "7"))).containsExactly(FaultKind.CORRELATION_VIOLATION);
      house.send("pay", "7");
      assertThat(house.send("cancel", "7")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void several_instantiating_receives_after_one_another_find_the_instance_of_the_first()
      throws Exception {
    var process =
        Shop.compile(
            "",
            receive("placed", "place", "instantiate=\"true\""),
            receive("paid", "pay"),
            receive("again", "place"),
            end("end"),
            path("placed", "paid", "again", "end"));
    try (var house = House.of(folder, process)) {
      var first = house.message("place", "7");
      var second = house.message("place", "7");
      house.sendAll(first, second);
      // It is reachable, so the second one waits and starts nothing.
      assertThat(house.state(second)).isEqualTo(MessageState.WAITING);
      house.send("pay", "7");
      assertThat(house.instance(first).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.row(second).instance()).isEqualTo(house.row(first).instance());
    }
  }

  @Test
  void a_key_that_a_sent_message_sets_finds_the_instance() throws Exception {
    var process =
        Shop.compile(
            "",
            TOLD,
            start("placed", "place"),
            tell("told"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "told", "paid", "end"));
    try (var house = House.of(folder, process)) {
      var early = house.message("pay", "", "told");
      house.send(early);
      var order = house.message("place", "7");
      house.send(order);
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.row(early).instance()).isEqualTo(house.row(order).instance());
    }
  }

  @Test
  void two_instances_that_set_one_key_by_what_they_send_are_an_incident() throws Exception {
    var process =
        Shop.compile(
            "",
            TOLD,
            start("placed", "place"),
            tell("told"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "told", "paid", "end"));
    try (var house = House.of(folder, process)) {
      house.sendAll(house.message("place", "7"), house.message("place", "8"));
      assertThat(house.store().incidents(9))
          .extracting(IncidentRow::kind)
          .containsExactly("CorrelationViolation");
      assertThat(kind(house.send(house.message("pay", "", "told"))))
          .containsExactly(FaultKind.AMBIGUOUS_INSTANCE);
      assertThat(house.send("pay", "8")).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void a_composite_key_is_whole_or_absent() throws Exception {
    var process =
        Shop.compile(
            "",
            COMPOSITE,
            start("placed", "place"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7", "ann");
      house.send(order);
      house.send(house.message("place", "7", "bob"));
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.INVALID_MESSAGE);
      house.send(house.message("pay", "7", "ann"));
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.count("liveInstances")).isEqualTo(1);
    }
  }

  @Test
  void a_message_with_the_keys_of_two_conversations_is_refused() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"));
    try (var house = House.of(folder, process)) {
      house.send(house.message("place", "7", "ann"));
      house.send(house.message("place", "8", "bob"));
      assertThat(kind(house.send(house.message("pay", "7", "bob"))))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
      assertThat(house.count("liveInstances")).isEqualTo(2);
    }
  }

  @Test
  void one_that_would_set_a_key_which_another_conversation_holds_is_refused() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      house.send(house.message("place", "8", "bob"));
      assertThat(kind(house.send(house.message("pay", "7", "bob"))))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
    }
  }

  @Test
  void two_receives_of_one_instance_for_one_key_are_in_conflict() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            parallel("fork"),
            receive("one", "pay"),
            receive("two", "pay"),
            end("end"),
            path("placed", "fork", "one", "end"),
            path("fork", "two", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.CONFLICTING_RECEIVE);
    }
  }

  /** Each round is told of its own customer, and is paid by it. */
  private static ExecutableProcess rounds() {
    return Shop.compile(
        "",
        TOLD_ALONE,
        start("placed", "place"),
        looping(
            subProcess(
                "each",
                noneStart("inner"),
                "<sendTask id=\"told\" operationRef=\"tns:op_tell\" %s/>"
                    .formatted(payload("<b:receipt>c{$loopCounter}</b:receipt>")),
                receive("paid", "pay"),
                timer("w", "P1D"),
                path("inner", "told", "paid", "w")),
            TWICE),
        end("end"),
        path("placed", "each", "end"));
  }

  @Test
  void each_round_waits_by_its_own_key() throws Exception {
    try (var house = House.of(folder, rounds())) {
      var order = house.message("place", "7");
      house.send(order);
      var second = house.message("pay", "", "c2");
      var first = house.message("pay", "", "c1");
      assertThat(house.send(second)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.waiting(order)).contains("paid", "w");
      assertThat(house.send(first)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.waiting(order)).doesNotContain("paid");
    }
  }

  @Test
  void the_key_of_the_whole_process_fits_every_round() throws Exception {
    try (var house = House.of(folder, rounds())) {
      house.send("place", "7");
      assertThat(kind(house.send("pay", "7"))).containsExactly(FaultKind.CONFLICTING_RECEIVE);
      assertThat(house.send(house.message("pay", "7", "c2"))).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void a_timer_that_is_due_lets_an_older_message_go_first() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            timer("wait", "PT1H"),
            receive("one", "pay"),
            timer("between", "PT1H"),
            receive("two", "pay"),
            end("end"),
            path("placed", "wait", "one", "between", "two", "end"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var older = house.message("pay", "7");
      house.send(older);
      var newer = house.message("pay", "7");
      house.after(Duration.ofHours(1)).send(newer);
      assertThat(house.state(older)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.state(newer)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void many_that_do_not_fit_hide_none_that_does() throws Exception {
    var process =
        Shop.compile(
            "parley:maxPerConversation=\"2\" parley:keepUnknown=\"PT10M\"",
            start("placed", "place"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"));
    try (var house = House.of(folder, process)) {
      house.send("pay", "7");
      house.send("pay", "7");
      house.deploy(
          Shop.compile(
              "parley:maxPerConversation=\"3\"",
              start("placed", "place"),
              receive("paid", "pay"),
              end("end"),
              path("placed", "paid", "end")));
      var fresh = house.message("pay", "7");
      house.after(Duration.ofMinutes(11)).send(fresh);
      house.deploy(process);
      var order = house.message("place", "7");
      house.send(order);
      assertThat(house.state(fresh)).isEqualTo(MessageState.CONSUMED);
    }
  }
}
