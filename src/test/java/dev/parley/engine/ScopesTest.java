package dev.parley.engine;

import static dev.parley.model.Drawing.after;
import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.catching;
import static dev.parley.model.Drawing.charge;
import static dev.parley.model.Drawing.comes;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.error;
import static dev.parley.model.Drawing.errorEnd;
import static dev.parley.model.Drawing.escalation;
import static dev.parley.model.Drawing.eventSubProcess;
import static dev.parley.model.Drawing.every;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.tell;
import static dev.parley.model.Drawing.terminate;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Message;
import dev.parley.model.Drawing;
import dev.parley.model.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Sub-processes, what happens on their boundaries, and event sub-processes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScopesTest {
  private static final Message PLACED = Shop.message(1, "place", "7");

  @Test
  void a_sub_process_ends_when_all_of_its_tokens_have_ended() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("inner"),
                    parallel("fork"),
                    timer("a", "PT1H"),
                    timer("b", "PT2H"),
                    path("inner", "fork", "a"),
                    path("fork", "b")),
                timer("next", "PT1H"),
                path("start", "sub", "next")));

    assertThat(played.waiting()).containsExactly("sub", "a", "b");
    assertThat(played.fire("a").waiting()).containsExactly("sub", "b");
    assertThat(played.fire("b").waiting()).containsExactly("next");
  }

  @Test
  void a_sub_process_without_start_event_begins_wherever_no_flow_leads() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess("sub", timer("a", "PT1H"), timer("b", "PT1H")),
                path("start", "sub")));

    assertThat(played.waiting()).containsExactly("sub", "a", "b");
  }

  @Test
  void a_sub_process_has_data_of_its_own_and_sees_that_around_it() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                script("set", "'outer'", "parley:result=\"noteData\""),
                subProcess(
                    "sub",
                    "<dataObject id=\"own\" name=\"own\"/>",
                    noneStart("inner"),
                    script("local", "concat($note, '+inner')", "parley:result=\"own\""),
                    script("out", "$own", "parley:result=\"noteData\""),
                    path("inner", "local", "out")),
                path("start", "set", "sub")));

    assertThat(played.status()).isEqualTo(Status.COMPLETED);
    assertThat(played.item("note")).isEqualTo("outer+inner");
    assertThat(played.instance().items()).hasSize(1);
  }

  @Test
  void a_timer_on_the_boundary_ends_everything_inside() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess("sub", noneStart("inner"), charge("charge"), path("inner", "charge")),
                boundaryTimer("late", "sub", "PT1H", true),
                timer("next", "PT1H"),
                path("start", "sub"),
                path("late", "next")));
    var awaited = played.awaited();

    played.fire("late");

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.effects()).containsExactly(new Effect.Withdraw(awaited));
    assertThat(played.instance().scopes()).hasSize(1);
  }

  @Test
  void a_timer_that_repeats_fires_as_often_as_it_says_and_does_not_interrupt() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                charge("charge"),
                anyEvent(
                    "boundaryEvent",
                    "remind",
                    every("R2/PT10M"),
                    "attachedToRef=\"charge\"",
                    "cancelActivity=\"false\""),
                tell("reminder"),
                path("start", "charge"),
                path("remind", "reminder")));

    assertThat(played.fire("remind").sent()).containsExactly("reminder");
    assertThat(played.timers()).containsExactly("remind");
    assertThat(played.instance().timers().getFirst().dueAt())
        .isEqualTo(Played.NOON.plusSeconds(1200));
    assertThat(played.fire("remind").sent()).containsExactly("reminder");
    assertThat(played.timers()).isEmpty();
    assertThat(played.waiting()).containsExactly("charge");
  }

  @Test
  void repetitions_that_were_missed_are_not_made_up_for() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                charge("charge"),
                anyEvent(
                    "boundaryEvent",
                    "remind",
                    every("R/PT1S"),
                    "attachedToRef=\"charge\"",
                    "cancelActivity=\"false\""),
                tell("reminder"),
                path("start", "charge"),
                path("remind", "reminder")));

    played.after(Duration.ofDays(1)).fire("remind");

    assertThat(played.instance().timers().getFirst().dueAt())
        .isEqualTo(Played.NOON.plus(Duration.ofDays(1)).plusSeconds(1));
  }

  @Test
  void a_message_on_the_boundary_interrupts_or_not() {
    for (var cancels : new String[] {"true", "false"}) {
      var played =
          Played.by(
              PLACED,
              Shop.compile(
                  "",
                  start("start", "place"),
                  receive("paid", "pay"),
                  anyEvent(
                      "boundaryEvent",
                      "cancelled",
                      comes("cancel"),
                      "attachedToRef=\"paid\"",
                      "cancelActivity=\"" + cancels + "\""),
                  timer("next", "PT1H"),
                  path("start", "paid"),
                  path("cancelled", "next")));

      played.take(Shop.message(2, "cancel", "7"));

      assertThat(played.waiting())
          .isEqualTo(cancels.equals("true") ? List.of("next") : List.of("paid", "next"));
      assertThat(played.instance().listeners()).hasSize(cancels.equals("true") ? 0 : 1);
    }
  }

  @Test
  void an_error_leaves_sub_processes_until_one_catches_it() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "outer",
                    noneStart("o"),
                    subProcess(
                        "inner",
                        noneStart("i"),
                        parallel("fork"),
                        timer("a", "PT1H"),
                        charge("charge"),
                        path("i", "fork", "a"),
                        path("fork", "charge")),
                    path("o", "inner")),
                boundaryError("failed", "outer", ""),
                timer("next", "PT1H"),
                path("start", "outer"),
                path("failed", "next")));

    played.undeliverable(false);

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.timers()).containsExactly("next");
  }

  @Test
  void an_error_that_no_sub_process_catches_ends_the_process() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess("sub", noneStart("i"), errorEnd("bad", "plain"), path("i", "bad")),
                path("start", "sub")));

    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).hasSize(1);
  }

  @Test
  void terminate_in_a_sub_process_ends_that_one_alone() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("i"),
                    parallel("fork"),
                    timer("a", "PT1H"),
                    timer("b", "PT2H"),
                    terminate("stop"),
                    path("i", "fork", "a", "stop"),
                    path("fork", "b")),
                timer("next", "PT1H"),
                path("start", "sub", "next")));

    assertThat(played.fire("a").waiting()).containsExactly("next");
    assertThat(played.status()).isEqualTo(Status.LIVE);
  }

  @Test
  void an_interrupting_event_sub_process_takes_the_place_of_what_its_scope_did() {
    var played =
        Played.by(
            PLACED,
            Shop.compile(
                "",
                start("start", "place"),
                receive("paid", "pay"),
                path("start", "paid"),
                eventSubProcess(
                    "cancelling",
                    anyEvent("startEvent", "cancelled", comes("cancel")),
                    timer("undo", "PT1H"),
                    path("cancelled", "undo"))));

    played.take(Shop.message(2, "cancel", "7"));

    assertThat(played.waiting()).containsExactly("undo");
    assertThat(played.instance().catches()).isEmpty();
    assertThat(played.fire("undo").status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void an_event_sub_process_that_does_not_interrupt_runs_beside_and_again() {
    var played =
        Played.by(
            PLACED,
            Shop.compile(
                "",
                start("start", "place"),
                receive("paid", "pay"),
                path("start", "paid"),
                eventSubProcess(
                    "asking",
                    anyEvent("startEvent", "asked", comes("cancel"), "isInterrupting=\"false\""),
                    timer("answer", "PT1H"),
                    path("asked", "answer"))));

    played.take(Shop.message(2, "cancel", "7")).take(Shop.message(3, "cancel", "7"));

    assertThat(played.waiting()).containsExactly("paid", "answer", "answer");
    played.take(Shop.message(4, "pay", "7"));
    assertThat(played.status()).isEqualTo(Status.LIVE);
    assertThat(played.fire("answer").fire("answer").status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void when_a_scope_s_own_work_is_done_its_event_sub_processes_end_and_none_begins() {
    var played =
        Played.by(
            PLACED,
            Shop.compile(
                "",
                start("start", "place"),
                receive("paid", "pay"),
                path("start", "paid"),
                eventSubProcess(
                    "asking",
                    anyEvent("startEvent", "asked", comes("cancel"), "isInterrupting=\"false\""),
                    charge("answer"),
                    path("asked", "answer")),
                eventSubProcess(
                    "handling",
                    anyEvent("startEvent", "failed", error("failed", "")),
                    end("handled"),
                    path("failed", "handled"))));
    played.take(Shop.message(2, "cancel", "7"));
    assertThat(played.instance().listeners()).hasSize(1);

    played.take(Shop.message(3, "pay", "7"));
    assertThat(played.waiting()).containsExactly("answer");
    assertThat(played.instance().catches()).isEmpty();

    played.undeliverable(false);
    assertThat(played.status()).isEqualTo(Status.FAULTED);
  }

  @Test
  void an_event_sub_process_is_started_by_a_timer_of_its_scope() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("i"),
                    charge("charge"),
                    path("i", "charge"),
                    eventSubProcess(
                        "slow",
                        anyEvent("startEvent", "waited", after("PT1H"), "isInterrupting=\"false\""),
                        tell("reminder"),
                        path("waited", "reminder"))),
                path("start", "sub")));

    assertThat(played.fire("waited").sent()).containsExactly("reminder");
    assertThat(played.waiting()).containsExactly("sub", "charge");
    assertThat(played.timers()).isEmpty();
  }

  @Test
  void an_error_event_sub_process_catches_what_its_scope_raises_but_not_what_it_raises_itself() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                charge("charge"),
                path("start", "charge"),
                eventSubProcess(
                    "handling",
                    anyEvent("startEvent", "caught", error("caught", "")),
                    charge("again"),
                    path("caught", "again"))));

    played.undeliverable(false);
    assertThat(played.waiting()).containsExactly("again");

    played.undeliverable(false);
    assertThat(played.status()).isEqualTo(Status.FAULTED);
  }

  @Test
  void an_escalation_is_caught_by_the_next_one_around_and_the_token_goes_on() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("i"),
                    anyEvent("intermediateThrowEvent", "slow", escalation("slow")),
                    timer("work", "PT1H"),
                    path("i", "slow", "work")),
                anyEvent(
                    "boundaryEvent",
                    "costly",
                    escalation("costly"),
                    "attachedToRef=\"sub\"",
                    "cancelActivity=\"false\""),
                anyEvent(
                    "boundaryEvent",
                    "any",
                    escalation(""),
                    "attachedToRef=\"sub\"",
                    "cancelActivity=\"false\""),
                timer("support", "PT1H"),
                timer("boss", "PT1H"),
                path("start", "sub"),
                path("any", "support"),
                path("costly", "boss")));

    assertThat(played.waiting()).containsExactlyInAnyOrder("sub", "work", "support");
  }

  @Test
  void an_interrupting_escalation_ends_the_sub_process() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("i"),
                    anyEvent("intermediateThrowEvent", "slow", escalation("slow")),
                    timer("work", "PT1H"),
                    path("i", "slow", "work")),
                anyEvent("boundaryEvent", "any", escalation(""), "attachedToRef=\"sub\""),
                timer("support", "PT1H"),
                path("start", "sub"),
                path("any", "support")));

    assertThat(played.waiting()).containsExactly("support");
  }

  @Test
  void an_escalation_that_nobody_catches_has_no_effect() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                anyEvent("intermediateThrowEvent", "slow", escalation("slow")),
                timer("work", "PT1H"),
                path("start", "slow", "work")));

    assertThat(played.waiting()).containsExactly("work");
  }

  @Test
  void a_message_inside_a_sub_process_finds_its_receive_by_the_keys_of_the_process() {
    var played =
        Played.by(
            PLACED,
            Shop.compile(
                "",
                start("start", "place"),
                subProcess("sub", noneStart("i"), catching("paid", "pay"), path("i", "paid")),
                end("end"),
                path("start", "sub", "end")));

    assertThat(played.take(Shop.message(2, "pay", "7")).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void an_interrupting_event_sub_process_for_an_escalation_stops_who_threw_it() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                anyEvent("intermediateThrowEvent", "slow", escalation("slow")),
                timer("work", "PT1H"),
                path("start", "slow", "work"),
                eventSubProcess(
                    "handling",
                    anyEvent("startEvent", "caught", escalation("slow")),
                    timer("support", "PT1H"),
                    path("caught", "support"))));

    assertThat(played.waiting()).containsExactly("support");
  }

  @Test
  void a_sub_process_whose_event_sub_process_cannot_be_armed_fails_as_a_whole() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                subProcess(
                    "sub",
                    noneStart("i"),
                    timer("work", "PT1H"),
                    path("i", "work"),
                    eventSubProcess(
                        "late",
                        anyEvent("startEvent", "never", after("$note")),
                        end("e"),
                        path("never", "e"))),
                boundaryError("failed", "sub", ""),
                timer("next", "PT1H"),
                timer("other", "PT1H"),
                path("start", "sub", "other"),
                path("failed", "next")));

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.instance().scopes()).hasSize(1);
  }

  @Test
  void what_starts_an_event_sub_process_sees_the_message_that_started_the_process() {
    var played =
        Played.by(
            PLACED,
            Shop.compile(
                "",
                start("start", "place"),
                receive("paid", "pay"),
                path("start", "paid"),
                eventSubProcess(
                    "late",
                    anyEvent("startEvent", "waited", after("concat('PT', $order/*[1], 'H')")),
                    end("e"),
                    path("waited", "e"))));

    assertThat(played.instance().timers().getFirst().dueAt())
        .isEqualTo(Played.NOON.plus(Duration.ofHours(7)));
  }

  @Test
  void a_delivery_after_which_no_flow_can_be_taken_is_an_error_of_the_model() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                tell("tell", "parley:delivery=\"blocking\""),
                end("e"),
                path("start", "tell"),
                Drawing.when("tell", "e", "false()")));

    played.delivered();

    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}NoFlowTaken");
  }

  @Test
  void a_value_that_cannot_be_stored_is_an_error_where_it_is_made() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                script("make", "function() { 1 }", "parley:result=\"noteData\""),
                boundaryError("failed", "make", ""),
                timer("next", "PT1H"),
                path("start", "make"),
                path("failed", "next")));

    assertThat(played.waiting()).containsExactly("next");
  }
}
