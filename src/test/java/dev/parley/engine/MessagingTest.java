package dev.parley.engine;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessagingTest {
  private static final String[] ASKED = {
    start("placed", "place"), receive("asked", "ask"), path("placed", "asked")
  };

  private static ExecutableProcess afterAsking(String... drawing) {
    var all = new ArrayList<>(List.of(ASKED));
    all.addAll(List.of(drawing));
    return Shop.compile("", all.toArray(String[]::new));
  }

  private static Played asked(ExecutableProcess process) {
    return Played.by(Shop.message(1, "place", "7"), process).take(Shop.message(2, "ask", "7"));
  }

  @Test
  void the_first_message_sets_the_keys_and_is_kept_in_the_data_object_of_its_type() {
    var played =
        Played.by(
            Shop.message(1, "place", "7", "ann"),
            Shop.compile("", start("placed", "place"), timer("w", "PT1H"), path("placed", "w")));
    assertThat(played.instance().keys())
        .isEqualTo(KeySet.of(Map.of(0, List.of("7"), 1, List.of("ann"))));
    assertThat(played.item("order")).isEqualTo("7ann");
  }

  @Test
  void a_later_message_sets_a_further_key() {
    var played =
        Played.by(
                Shop.message(1, "place", "7"),
                Shop.compile(
                    "",
                    start("placed", "place"),
                    receive("paid", "pay"),
                    timer("w", "PT1H"),
                    path("placed", "paid", "w")))
            .take(Shop.message(2, "pay", "7", "ann"));
    assertThat(played.instance().keys())
        .isEqualTo(KeySet.of(Map.of(0, List.of("7"), 1, List.of("ann"))));
  }

  @Test
  void a_message_that_would_change_a_set_key_is_a_correlation_violation() {
    var played =
        Played.by(
                Shop.message(1, "place", "7"),
                Shop.compile(
                    "",
                    start("placed", "place"),
                    receive("paid", "pay"),
                    end("e"),
                    path("placed", "paid", "e")))
            .take(Shop.message(2, "pay", "8"));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}CorrelationViolation");
    assertThat(played.instance().keys()).isEqualTo(KeySet.of(Map.of(0, List.of("7"))));
  }

  @Test
  void the_keys_of_a_sent_message_are_set_too() {
    var process =
        Shop.compile(
            "",
            Map.of(
                "<correlationProperty id=\"orderId\" name=\"orderId\">",
                "<correlationProperty id=\"orderId\" name=\"orderId\">"
                    + "<correlationPropertyRetrievalExpression messageRef=\"tns:chargeMessage\">"
                    + "<messagePath>string(/b:charge)</messagePath>"
                    + "</correlationPropertyRetrievalExpression>"),
            noneStart("start"),
            charge("charge"),
            receive("paid", "pay"),
            end("end"),
            path("start", "charge", "paid", "end"));
    var played = Played.begun(process);
    assertThat(played.instance().keys()).isEqualTo(KeySet.of(Map.of(0, List.of("1"))));
  }

  @Test
  void a_catch_event_receives_as_a_task_does() {
    var played =
        Played.by(
                Shop.message(1, "place", "7"),
                Shop.compile(
                    "",
                    start("placed", "place"),
                    catching(
                        "paid",
                        "pay",
                        "parley:result=\"note\""
                            + " parley:resultExpression=\"string(./o:payment/o:orderId)\""),
                    timer("w", "PT1H"),
                    path("placed", "paid", "w")))
            .take(Shop.message(2, "pay", "7"));
    assertThat(played.item("note")).isEqualTo("7");
  }

  @Test
  void a_reply_answers_the_open_exchange_and_the_instance_goes_on() {
    var played =
        asked(afterAsking(reply("reply"), timer("w", "PT1H"), path("asked", "reply", "w")));
    assertThat(played.effects())
        .containsExactly(new Effect.Reply(new MessageId(2), new Answer.Reply(status("7"))));
    assertThat(played.waiting()).containsExactly("w");
    assertThat(played.instance().exchanges()).isEmpty();
  }

  @Test
  void an_exchange_stays_open_while_the_instance_waits() {
    var played =
        asked(afterAsking(timer("w", "PT1H"), reply("r"), end("e"), path("asked", "w", "r", "e")));
    assertThat(played.instance().exchanges())
        .containsExactly(
            new OpenExchange(
                new MessageId(2), Shop.operation("ask"), new ExchangeName("", ""), 0, -1));
    assertThat(played.fire("w").answers()).containsExactly(new Answer.Reply(status("7")));
  }

  @Test
  void a_message_end_event_replies_before_the_instance_ends() {
    var played = asked(afterAsking(replyEnd("end"), path("asked", "end")));
    assertThat(played.answers()).containsExactly(new Answer.Reply(status("7")));
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  private static Body status(String order) {
    return Body.of("<o:status xmlns:o=\"%s\">%s</o:status>".formatted(Shop.SHOP, order));
  }

  @Test
  void a_reply_without_an_open_exchange_is_missing_request() {
    var played =
        asked(afterAsking(reply("one"), reply("two"), end("e"), path("asked", "one", "two", "e")));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}MissingRequest");
    assertThat(played.answers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"end", "stop"})
  void an_instance_that_ends_with_an_open_exchange_answers_missing_reply(String end) {
    var played =
        asked(
            afterAsking(
                exclusive("gate", "gate_stop"),
                end("end"),
                terminate("stop"),
                reply("never"),
                path("asked", "gate", "stop"),
                when("gate", "end", end.equals("end") + "()"),
                when("gate", "never", "false()"),
                path("never", "end")));
    assertThat(kinds(played.answers())).containsExactly(FaultKind.MISSING_REPLY);
  }

  private static List<FaultKind> kinds(List<Answer> answers) {
    return answers.stream()
        .map(a -> ((Fault.Gateway) ((Answer.Faulted) a).fault()).kind())
        .toList();
  }

  @Test
  void an_error_that_the_operation_declares_is_its_fault() {
    var played =
        asked(
            afterAsking(
                errorEnd(
                    "end",
                    "unknownOrder",
                    payload("<o:unknownOrder>{string($question/o:orderId)}</o:unknownOrder>")),
                reply("never"),
                exclusive("g", "g_end"),
                path("asked", "g", "end"),
                when("g", "never", "false()"),
                end("e"),
                path("never", "e")));
    assertThat(played.answers())
        .singleElement()
        .isInstanceOfSatisfying(
            Answer.Faulted.class,
            f -> assertThat(((Fault.Declared) f.fault()).name()).isEqualTo(Shop.UNKNOWN));
    assertThat(played.incidents()).isEmpty();
    assertThat(played.status()).isEqualTo(Status.FAULTED);
  }

  @Test
  void an_error_that_no_operation_declares_leaks_nothing_and_raises_an_incident() {
    var played =
        asked(
            afterAsking(
                errorEnd("end", "plain"),
                reply("never"),
                exclusive("g", "g_end"),
                path("asked", "g", "end"),
                when("g", "never", "false()"),
                end("e"),
                path("never", "e")));
    assertThat(kinds(played.answers())).containsExactly(FaultKind.PROCESS_FAILED);
    assertThat(played.incidents()).containsExactly("Plain");
  }

  @Test
  void a_send_task_goes_on_at_once_and_its_message_says_from_where() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                tell("tell"),
                timer("w", "PT1H"),
                path("start", "tell", "w")));
    assertThat(played.waiting()).containsExactly("w");
    assertThat(played.effects())
        .singleElement()
        .isInstanceOfSatisfying(Effect.Send.class, s -> assertThat(s.token()).isZero());
  }

  private static ExecutableProcess blocking() {
    return Shop.compile(
        "",
        noneStart("start"),
        tell("tell", "parley:delivery=\"blocking\""),
        boundaryError("failed", "tell", "undelivered"),
        boundaryError("timed", "tell", "untimely"),
        timer("w", "PT1H"),
        timer("f", "PT1H"),
        timer("t", "PT1H"),
        path("start", "tell", "w"),
        path("failed", "f"),
        path("timed", "t"));
  }

  @Test
  void a_blocking_send_task_waits_for_the_delivery() {
    var played = Played.begun(blocking());
    assertThat(played.waiting()).containsExactly("tell");
    assertThat(played.delivered().waiting()).containsExactly("w");
  }

  @Test
  void delivery_failed_and_delivery_timeout_are_two_errors() {
    assertThat(Played.begun(blocking()).undeliverable(false).waiting()).containsExactly("f");
    assertThat(Played.begun(blocking()).undeliverable(true).waiting()).containsExactly("t");
  }

  private static ExecutableProcess charging(String... boundary) {
    var all =
        new ArrayList<>(
            List.of(
                noneStart("start"),
                charge("charge", "parley:result=\"receipt\""),
                timer("w", "PT1H"),
                timer("n", "PT1H"),
                timer("p", "PT1H"),
                timer("x", "PT1H"),
                path("start", "charge", "w")));
    all.addAll(List.of(boundary));
    return Shop.compile("", all.toArray(String[]::new));
  }

  private static final String[] CATCHING = {
    boundaryError("any", "charge", ""),
    boundaryError("noFundsCaught", "charge", "noFunds", "parley:result=\"refusal\""),
    boundaryError("undeliveredCaught", "charge", "undelivered"),
    path("any", "x"),
    path("noFundsCaught", "n"),
    path("undeliveredCaught", "p")
  };

  @Test
  void a_service_task_keeps_the_answer() {
    var played = Played.begun(charging(CATCHING)).answered(Shop.receipt("r1"));
    assertThat(played.item("receipt")).isEqualTo("r1");
    assertThat(played.waiting()).containsExactly("w");
  }

  @Test
  void a_declared_fault_is_caught_by_its_name_and_its_detail_kept() {
    var fault = new Fault.Declared(Shop.NO_FUNDS, Shop.refusal("poor"), "no");
    var played = Played.begun(charging(CATCHING)).faulted(fault);
    assertThat(played.waiting()).containsExactly("n");
    assertThat(played.item("refusal")).isEqualTo("poor");
    assertThat(played.path()).startsWith("noFundsCaught");
  }

  @Test
  void an_event_for_the_very_code_goes_before_one_that_catches_all() {
    assertThat(Played.begun(charging(CATCHING)).undeliverable(false).waiting())
        .containsExactly("p");
    assertThat(Played.begun(charging(CATCHING)).undeliverable(true).waiting()).containsExactly("x");
    var undeclared = new Fault.Undeclared(new QName("urn:x", "Server"), "oops", Body.EMPTY);
    assertThat(Played.begun(charging(CATCHING)).faulted(undeclared).waiting()).containsExactly("x");
  }

  @Test
  void a_fault_that_nobody_catches_ends_the_instance_with_an_incident() {
    var fault = new Fault.Declared(Shop.NO_FUNDS, Shop.refusal("poor"), "no");
    var played = Played.begun(charging(path("w", "n", "p", "x"))).faulted(fault);
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:example:bank}noFunds");
  }

  @Test
  void an_expression_that_fails_is_caught_at_the_boundary() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                script("script", "xs:date(string($note))", "parley:result=\"note\""),
                boundaryError("failed", "script", "failedExpression"),
                timer("w", "PT1H"),
                end("end"),
                path("start", "script", "end"),
                path("failed", "w")));
    assertThat(played.path()).containsExactly("start", "script", "failed", "w");
  }

  @Test
  void an_unset_data_object_cannot_be_sent() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                "<sendTask id=\"tell\" operationRef=\"tns:op_tell\" parley:payload=\"$receipt\"/>",
                end("end"),
                path("start", "tell", "end")));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
    assertThat(played.sent()).isEmpty();
  }

  @Test
  void the_time_and_uuids_of_a_step_are_arguments() {
    var process =
        Shop.compile(
            "",
            noneStart("start"),
            script(
                "script",
                "concat(current-dateTime(), ' ', parley:uuid())",
                "parley:result=\"note\""),
            timer("w", "PT1H"),
            path("start", "script", "w"));
    var note = Played.begun(process).item("note");
    assertThat(note)
        .startsWith("2030-01-01T12:00:00Z ")
        .isEqualTo(Played.begun(process).item("note"));
    assertThat(note.split(" ", -1)[1])
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }
}
