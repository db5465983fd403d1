package dev.parley.engine;

import static dev.parley.model.Drawing.after;
import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.catching;
import static dev.parley.model.Drawing.charge;
import static dev.parley.model.Drawing.conditional;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.inclusive;
import static dev.parley.model.Drawing.link;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.signal;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.tell;
import static dev.parley.model.Drawing.timer;
import static dev.parley.model.Drawing.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Body;
import dev.parley.model.Drawing;
import dev.parley.model.Shop;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Event-based and inclusive gateways, conditional flows, links, signals and conditions. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventsTest {
  private static Played racing() {
    return Played.by(
        Shop.message(1, "place", "7"),
        Shop.compile(
            "",
            start("start", "place"),
            eventBased("race"),
            catching("paid", "pay"),
            catching("cancelled", "cancel"),
            anyEvent("intermediateCatchEvent", "late", after("PT1H")),
            timer("ship", "PT2H"),
            timer("stop", "PT2H"),
            timer("remind", "PT2H"),
            path("start", "race", "paid", "ship"),
            path("race", "cancelled", "stop"),
            path("race", "late", "remind")));
  }

  @Test
  void the_first_of_the_events_after_an_event_based_gateway_takes_the_token() {
    var played = racing();
    assertThat(played.waiting()).containsExactly("race");

    played.take(Shop.message(2, "cancel", "7"));

    assertThat(played.waiting()).containsExactly("stop");
    assertThat(played.timers()).containsExactly("stop");
    assertThat(played.instance().listeners()).isEmpty();
  }

  @Test
  void the_timer_after_an_event_based_gateway_wins_when_no_message_came() {
    assertThat(racing().fire("late").waiting()).containsExactly("remind");
  }

  @Test
  void an_event_based_gateway_may_be_followed_by_receive_tasks() {
    var played =
        Played.by(
            Shop.message(1, "place", "7"),
            Shop.compile(
                "",
                start("start", "place"),
                eventBased("race"),
                receive("paid", "pay"),
                receive("cancelled", "cancel"),
                end("end"),
                path("start", "race", "paid", "end"),
                path("race", "cancelled")));

    assertThat(played.take(Shop.message(2, "pay", "7")).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void a_start_gateway_takes_whichever_message_comes_first_and_drops_the_others() {
    var process =
        Shop.compile(
            "",
            eventBased("first", "instantiate=\"true\""),
            catching("placed", "place"),
            catching("paid", "pay"),
            timer("next", "PT1H"),
            path("first", "placed", "next"),
            path("first", "paid", "next"));

    assertThat(Played.by(Shop.message(1, "pay", "7"), process).waiting()).containsExactly("next");
    assertThat(Played.by(Shop.message(1, "place", "7"), process).instance().catches()).isEmpty();
  }

  @Test
  void a_parallel_start_gateway_awaits_the_other_messages_in_the_same_instance() {
    var process =
        Shop.compile(
            "",
            eventBased("all", "instantiate=\"true\"", "eventGatewayType=\"Parallel\""),
            receive("placed", "place"),
            receive("paid", "pay"),
            parallel("join"),
            tell("tell"),
            path("all", "placed", "join", "tell"),
            path("all", "paid", "join"));
    var played = Played.by(Shop.message(1, "pay", "7"), process);
    assertThat(played.waiting()).containsExactlyInAnyOrder("placed", "join");

    assertThat(played.take(Shop.message(2, "place", "7")).sent()).containsExactly("tell");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  private static Played included(String a, String b) {
    return Played.begun(
        Shop.compile(
            "",
            noneStart("start"),
            inclusive("fork", "fork_other"),
            timer("a", "PT1H"),
            timer("b", "PT1H"),
            timer("other", "PT1H"),
            inclusive("join", ""),
            timer("next", "PT1H"),
            path("start", "fork"),
            when("fork", "a", a),
            when("fork", "b", b),
            path("fork", "other", "join", "next"),
            path("a", "join"),
            path("b", "join")));
  }

  @Test
  void an_inclusive_gateway_takes_every_flow_whose_condition_holds_else_the_default() {
    assertThat(included("true()", "true()").waiting()).containsExactly("a", "b");
    assertThat(included("false()", "true()").waiting()).containsExactly("b");
    assertThat(included("false()", "false()").waiting()).containsExactly("other");
  }

  @Test
  void an_inclusive_join_waits_for_the_tokens_that_may_still_come_and_for_no_others() {
    var both = included("true()", "true()");
    assertThat(both.fire("a").waiting()).containsExactly("b", "join");
    assertThat(both.fire("b").waiting()).containsExactly("next");

    assertThat(included("false()", "true()").fire("b").waiting()).containsExactly("next");
  }

  @Test
  void conditions_stand_on_the_flows_out_of_an_activity_too() {
    for (var holds : new String[] {"true()", "false()"}) {
      var played =
          Played.begun(
              Shop.compile(
                  "",
                  noneStart("start"),
                  "<task id=\"work\" default=\"work_other\"/>",
                  timer("always", "PT1H"),
                  timer("sometimes", "PT1H"),
                  timer("other", "PT1H"),
                  path("start", "work", "always"),
                  when("work", "sometimes", holds),
                  path("work", "other")));

      assertThat(played.waiting())
          .containsExactly("always", holds.equals("true()") ? "sometimes" : "other");
    }
  }

  @Test
  void a_link_leads_to_its_other_end() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                anyEvent("intermediateThrowEvent", "off", link("page 2")),
                anyEvent("intermediateCatchEvent", "on", link("page 2")),
                timer("next", "PT1H"),
                path("start", "off"),
                path("on", "next")));

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.path()).containsExactly("start", "off", "on", "next");
  }

  @Test
  void a_signal_is_told_to_the_gateway_and_taken_where_it_is_waited_for() {
    var process =
        Shop.compile(
            "",
            noneStart("start"),
            parallel("fork"),
            anyEvent("intermediateCatchEvent", "heard", signal()),
            anyEvent("intermediateThrowEvent", "said", signal()),
            timer("next", "PT1H"),
            path("start", "fork", "heard", "next"),
            path("fork", "said"));
    var played = Played.begun(process);
    assertThat(played.effects()).containsExactly(new Effect.Signal("go", Body.EMPTY));

    played.step(new Input.Signalled(played.instance().catches().getFirst().id(), Body.EMPTY));

    assertThat(played.waiting()).containsExactly("next");
  }

  @Test
  void a_condition_is_looked_at_whenever_the_instance_has_moved() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                parallel("fork"),
                anyEvent("intermediateCatchEvent", "enough", conditional("$note = 2")),
                timer("first", "PT1H"),
                script("one", "1", "parley:result=\"noteData\""),
                timer("second", "PT2H"),
                script("two", "2", "parley:result=\"noteData\""),
                timer("next", "PT1H"),
                path("start", "fork", "enough", "next"),
                path("fork", "first", "one", "second", "two")));

    assertThat(played.fire("first").waiting()).containsExactlyInAnyOrder("enough", "second");
    assertThat(played.fire("second").waiting()).containsExactly("next");
  }

  @Test
  void a_condition_that_does_not_interrupt_happens_each_time_it_becomes_true() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                parallel("fork"),
                charge("work"),
                anyEvent(
                    "boundaryEvent",
                    "high",
                    conditional("$note = 1"),
                    "attachedToRef=\"work\"",
                    "cancelActivity=\"false\""),
                tell("alarm"),
                timer("a", "PT1H"),
                script("up", "1", "parley:result=\"noteData\""),
                timer("b", "PT1H"),
                script("down", "0", "parley:result=\"noteData\""),
                timer("c", "PT1H"),
                script("upAgain", "1", "parley:result=\"noteData\""),
                path("start", "fork", "work"),
                path("high", "alarm"),
                path("fork", "a", "up", "b", "down", "c", "upAgain")));

    assertThat(played.fire("a").sent()).containsExactly("alarm");
    assertThat(played.fire("b").sent()).isEmpty();
    assertThat(played.fire("c").sent()).containsExactly("alarm");
  }

  @Test
  void a_condition_that_fails_is_an_error_that_the_scope_around_may_catch() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                Drawing.subProcess(
                    "sub",
                    noneStart("i"),
                    anyEvent(
                        "intermediateCatchEvent", "enough", conditional("xs:integer('x') > 5")),
                    path("i", "enough")),
                Drawing.boundaryError("failed", "sub", ""),
                timer("next", "PT1H"),
                path("start", "sub"),
                path("failed", "next")));

    assertThat(played.waiting()).containsExactly("next");
  }
}
