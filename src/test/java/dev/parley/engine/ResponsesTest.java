package dev.parley.engine;

import static dev.parley.model.Desk.flow;
import static dev.parley.model.Desk.hears;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.eventSubProcess;
import static dev.parley.model.Drawing.exclusive;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.terminate;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.MessageId;
import dev.parley.model.Desk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node sends a request, another takes its response: whichever is first waits. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponsesTest {
  private static final String KEPT =
      "parley:result=\"note\" parley:resultExpression=\"string(.//d:text)\"";

  /** Sends, waits for {@code w}, takes the response, and waits for {@code after}. */
  private static Played requested(String operation, String... more) {
    var drawing =
        new ArrayList<>(
            List.of(
                noneStart("start"),
                sends("call", operation, "parley:endpoint=\"'http://desk.test'\""),
                timer("w", "PT1H"),
                hears("hear", operation, KEPT),
                timer("after", "PT1H"),
                path("start", "call", "w", "hear", "after")));
    drawing.addAll(List.of(more));
    return Played.begun(Desk.compile(drawing.toArray(String[]::new)));
  }

  /** The only message that the last step sent. */
  private static MessageId sent(Played played) {
    assertThat(played.sends()).hasSize(1);
    return played.sends().getFirst().id();
  }

  private static Input answer(MessageId sent, String text) {
    return new Input.Answered(sent, Desk.body("checkAnswer", text));
  }

  @Test
  void whoever_sends_goes_on_and_says_that_a_node_takes_the_response() {
    var played = requested("check");
    assertThat(played.waiting()).containsExactly("w");
    assertThat(played.sends().getFirst().token()).isEqualTo(Effect.Send.RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_response_waits_for_the_node_that_takes_it(String operation) {
    var played = requested(operation);
    played.step(new Input.Answered(sent(played), Desk.body(operation + "Answer", "early")));
    assertThat(played.waiting()).containsExactly("w");
    assertThat(played.item("note")).isEmpty();
    assertThat(played.fire("w").waiting()).containsExactly("after");
    assertThat(played.item("note")).isEqualTo("early");
    assertThat(played.instance().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_node_waits_for_the_response_that_it_takes(String operation) {
    var played = requested(operation);
    var sent = sent(played);
    assertThat(played.fire("w").waiting()).containsExactly("hear");
    played.step(new Input.Answered(sent, Desk.body(operation + "Answer", "late")));
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.item("note")).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(strings = {"look", "remind"})
  void an_optional_response_that_does_not_come_leaves_its_data_unset(String operation) {
    var played = requested(operation);
    var sent = sent(played);
    played.fire("w").step(new Input.Delivered(sent));
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.item("note")).isEmpty();
  }

  @Test
  void the_response_to_something_else_is_not_taken() {
    var played = requested("check").fire("w").step(answer(new MessageId(4), "foreign"));
    assertThat(played.waiting()).containsExactly("hear");
  }

  private static final String[] CAUGHT = {
    boundaryError("faulty", "hear", "checkError"),
    boundaryError("failed", "hear", "undelivered"),
    boundaryError("timed", "hear", "untimely"),
    timer("x", "PT1H"),
    timer("f", "PT1H"),
    timer("t", "PT1H"),
    path("faulty", "x"),
    path("failed", "f"),
    path("timed", "t")
  };

  private static Input fault(MessageId sent) {
    return new Input.Faulted(
        sent, new Fault.Declared(Desk.fault("check"), Desk.body("checkFault", "no"), "no"));
  }

  @Test
  void a_fault_is_raised_where_the_response_is_taken() {
    var played = requested("check", CAUGHT);
    var sent = sent(played);
    assertThat(played.fire("w").step(fault(sent)).waiting()).containsExactly("x");
  }

  @Test
  void a_fault_that_is_early_is_raised_when_the_node_comes_to_wait() {
    var played = requested("check", CAUGHT);
    assertThat(played.step(fault(sent(played))).waiting()).containsExactly("w");
    assertThat(played.fire("w").waiting()).containsExactly("x");
  }

  @Test
  void delivery_failed_and_delivery_timeout_are_raised_there_too() {
    var failed = requested("check", CAUGHT);
    var sent = sent(failed);
    failed.fire("w").step(new Input.Undeliverable(sent, false, "no route"));
    assertThat(failed.waiting()).containsExactly("f");
    var timed = requested("check", CAUGHT);
    timed.step(new Input.Undeliverable(sent(timed), true, "no route"));
    assertThat(timed.fire("w").waiting()).containsExactly("t");
  }

  @Test
  void a_fault_that_nobody_catches_ends_the_instance() {
    var played = requested("check");
    var sent = sent(played);
    played.fire("w").step(fault(sent));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly(Desk.fault("check").toString());
  }

  /** A response, or an hour. */
  private static Played gateway(String... more) {
    var drawing =
        new ArrayList<>(
            List.of(
                noneStart("start"),
                sends("call", "check"),
                eventBased("first"),
                anyEvent(
                    "intermediateCatchEvent", "hear", Desk.message("check", "checkAnswer"), KEPT),
                timer("late", "PT1H"),
                timer("heard", "PT1H"),
                timer("given", "PT1H"),
                path("start", "call", "first", "hear", "heard"),
                path("first", "late", "given")));
    drawing.addAll(List.of(more));
    return Played.begun(Desk.compile(drawing.toArray(String[]::new)));
  }

  @Test
  void at_an_event_based_gateway_the_response_wins_over_a_timer_or_loses() {
    var heard = gateway();
    heard.step(answer(sent(heard), "in time"));
    assertThat(heard.waiting()).containsExactly("heard");
    assertThat(heard.timers()).containsExactly("heard");
    assertThat(heard.item("note")).isEqualTo("in time");
    var given = gateway();
    var sent = sent(given);
    given.fire("late").step(answer(sent, "too late"));
    assertThat(given.waiting()).containsExactly("given");
    assertThat(given.item("note")).isEmpty();
    assertThat(given.incidents()).isEmpty();
  }

  @Test
  void a_fault_at_an_event_based_gateway_is_raised_in_its_scope() {
    var played =
        gateway(
            eventSubProcess(
                "handling",
                anyEvent(
                    "startEvent", "faulty", "<errorEventDefinition errorRef=\"tns:checkError\"/>"),
                timer("handled", "PT1H"),
                path("faulty", "handled")));
    assertThat(played.step(fault(sent(played))).waiting()).containsExactly("handled");
  }

  @Test
  void a_boundary_event_takes_a_response_and_ends_what_it_is_attached_to() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                sends("call", "check"),
                "<receiveTask id=\"busy\" operationRef=\"tns:op_pay\""
                    + " messageRef=\"tns:paymentMessage\"/>",
                anyEvent(
                    "boundaryEvent",
                    "hear",
                    Desk.message("check", "checkAnswer"),
                    "attachedToRef=\"busy\"",
                    KEPT),
                timer("heard", "PT1H"),
                end("e"),
                path("start", "call", "busy", "e"),
                path("hear", "heard")));
    played.step(answer(sent(played), "now"));
    assertThat(played.waiting()).containsExactly("heard");
    assertThat(played.item("note")).isEqualTo("now");
  }

  @Test
  void an_event_sub_process_takes_a_response() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                sends("call", "check"),
                timer("w", "PT1H"),
                path("start", "call", "w"),
                eventSubProcess(
                    "event",
                    anyEvent(
                        "startEvent",
                        "hear",
                        Desk.message("check", "checkAnswer"),
                        "isInterrupting=\"false\"",
                        KEPT),
                    timer("heard", "PT1H"),
                    path("hear", "heard"))));
    played.step(answer(sent(played), "beside"));
    assertThat(played.waiting()).containsExactlyInAnyOrder("w", "heard");
    assertThat(played.item("note")).isEqualTo("beside");
  }

  private static Played rounds(String characteristics) {
    return Played.begun(
        Desk.compile(
            noneStart("start"),
            looping(
                subProcess(
                    "each",
                    noneStart("in"),
                    sends("call", "check"),
                    hears("hear", "check", KEPT),
                    timer("heard", "PT1H"),
                    path("in", "call", "hear", "heard")),
                "<%s><loopCardinality xsi:type=\"tFormalExpression\">2</loopCardinality></multiInstanceLoopCharacteristics>"
                    .formatted(characteristics)),
            boundaryTimer("over", "each", "PT5M", true),
            timer("after", "PT1H"),
            timer("given", "PT1H"),
            path("start", "each", "after"),
            path("over", "given")));
  }

  @Test
  void each_round_of_a_loop_takes_its_own_response() {
    var played = rounds("multiInstanceLoopCharacteristics isSequential=\"true\"");
    var first = sent(played);
    assertThat(played.step(answer(first, "1")).waiting()).contains("heard");
    var second = sent(played.fire("heard"));
    assertThat(played.step(answer(first, "1 again")).waiting()).contains("hear");
    assertThat(played.step(answer(second, "2")).waiting()).contains("heard");
  }

  @Test
  void responses_of_two_rounds_at_a_time_come_to_the_round_that_sent() {
    var played = rounds("multiInstanceLoopCharacteristics");
    var sends = played.sends();
    assertThat(sends).hasSize(2);
    var waitedBefore = scopesAt(played, "hear");
    assertThat(waitedBefore).hasSize(2);
    played.step(answer(sends.get(1).id(), "2"));
    assertThat(scopesAt(played, "hear")).containsExactly(waitedBefore.getFirst());
    played.step(answer(sends.get(0).id(), "1"));
    assertThat(scopesAt(played, "hear")).isEmpty();
    assertThat(scopesAt(played, "heard")).containsExactlyInAnyOrderElementsOf(waitedBefore);
  }

  private static List<Integer> scopesAt(Played played, String node) {
    return played.instance().tokens().stream()
        .filter(t -> t.node() == played.node(node))
        .map(ProcessInstance.Token::scope)
        .toList();
  }

  @Test
  void a_response_to_a_round_that_is_gone_is_nobody_s() {
    var played = rounds("multiInstanceLoopCharacteristics");
    var sends = played.sends();
    played.fire("over");
    assertThat(played.instance().requests()).isEmpty();
    played.step(answer(sends.get(0).id(), "late"));
    assertThat(played.waiting()).containsExactly("given");
    assertThat(played.effects()).isEmpty();
  }

  private static Played twoInFlight(String... flows) {
    return Played.begun(
        Desk.compile(
            String.join("", flows),
            noneStart("start"),
            sends("a", "check"),
            sends("b", "check"),
            parallel("fork"),
            hears("one", "check", KEPT),
            hears("two", "check"),
            timer("afterOne", "PT1H"),
            timer("afterTwo", "PT1H"),
            path("start", "a", "b", "fork", "one", "afterOne"),
            path("fork", "two", "afterTwo")));
  }

  @Test
  void of_two_requests_in_flight_each_response_is_taken_once() {
    var played = twoInFlight();
    var sends = played.sends();
    played.step(answer(sends.get(1).id(), "b"));
    assertThat(played.waiting()).containsExactlyInAnyOrder("afterOne", "two");
    assertThat(played.item("note")).isEqualTo("b");
    played.step(answer(sends.get(1).id(), "b again"));
    assertThat(played.waiting()).containsExactlyInAnyOrder("afterOne", "two");
    played.step(answer(sends.get(0).id(), "a"));
    assertThat(played.waiting()).containsExactlyInAnyOrder("afterOne", "afterTwo");
  }

  @Test
  void of_two_requests_in_flight_a_node_takes_the_response_of_its_participant() {
    var played =
        twoInFlight(
            flow("a", "peer"), flow("b", "other"), flow("other", "one"), flow("peer", "two"));
    var sends = played.sends();
    played.step(answer(sends.get(0).id(), "from peer"));
    assertThat(played.waiting()).containsExactlyInAnyOrder("one", "afterTwo");
    played.step(answer(sends.get(1).id(), "from other"));
    assertThat(played.item("note")).isEqualTo("from other");
  }

  @Test
  void a_response_that_waits_is_gone_with_the_instance() {
    var played = requested("check");
    played.step(answer(sent(played), "early")).fire("w").fire("after");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
    assertThat(played.instance().requests()).isEmpty();
  }

  @Test
  void a_failure_that_waits_for_its_node_is_an_incident_when_the_instance_ends() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                sends("call", "check"),
                parallel("fork"),
                timer("w", "PT1H"),
                hears("hear", "check"),
                timer("enough", "PT1H"),
                terminate("over"),
                path("start", "call", "fork", "w", "hear"),
                path("fork", "enough", "over")));
    played.step(new Input.Undeliverable(sent(played), false, "refused"));
    assertThat(played.incidents()).isEmpty();
    assertThat(played.fire("enough").incidents()).containsExactly("DeliveryFailed");
  }

  @Test
  void a_blocking_request_goes_on_with_its_delivery_and_hears_the_response_once() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                sends("call", "check", "parley:delivery=\"blocking\""),
                hears("hear", "check", KEPT),
                timer("after", "PT1H"),
                path("start", "call", "hear", "after")));
    assertThat(played.waiting()).containsExactly("call");
    played.step(answer(played.awaited(), "with the delivery"));
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.item("note")).isEqualTo("with the delivery");
  }

  @Test
  void a_blocking_request_that_failed_where_it_was_sent_is_not_heard_of_again() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                exclusive("merge", ""),
                sends("call", "check", "parley:delivery=\"blocking\""),
                boundaryError("failed", "call", "undelivered"),
                timer("w", "PT1H"),
                hears("hear", "check", KEPT),
                timer("after", "PT1H"),
                path("start", "merge", "call", "hear", "after"),
                path("failed", "w", "merge")));
    assertThat(played.undeliverable(false).waiting()).containsExactly("w");
    assertThat(played.instance().requests()).isEmpty();
    played.fire("w").step(answer(played.awaited(), "the second time"));
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.item("note")).isEqualTo("the second time");
  }

  @Test
  void header_blocks_of_a_response_can_be_read_where_it_is_taken() {
    var played =
        Played.begun(
            Desk.compile(
                noneStart("start"),
                sends("call", "check"),
                hears(
                    "hear",
                    "check",
                    "parley:result=\"note\"",
                    "parley:resultExpression=\"string(parley:header('{urn:x}mark'))\""),
                timer("after", "PT1H"),
                path("start", "call", "hear", "after")));
    played.step(
        new Input.Answered(
            sent(played),
            Desk.body("checkAnswer", "x"),
            List.of(
                Body.of("<other xmlns=\"urn:x\">no</other>"),
                Body.of("<mark xmlns=\"urn:x\">yes</mark>"))));
    assertThat(played.item("note")).isEqualTo("yes");
  }
}
