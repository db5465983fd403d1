package dev.parley.engine;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.model.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowTest {

  @Test
  void an_instance_without_a_wait_completes_in_its_first_step() {
    var played =
        Played.begun(
            Shop.compile(
                "", noneStart("start"), tell("tell"), end("end"), path("start", "tell", "end")));
    assertThat(played.path()).containsExactly("start", "tell", "end");
    assertThat(played.sent()).containsExactly("tell");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
    assertThat(played.incidents()).isEmpty();
  }

  @Test
  void an_exclusive_gateway_takes_the_first_condition_that_holds() {
    assertThat(chosen("true()", "true()")).isEqualTo("a");
    assertThat(chosen("false()", "true()")).isEqualTo("b");
  }

  @Test
  void an_exclusive_gateway_takes_its_default_flow_only_when_no_condition_holds() {
    var process =
        Shop.compile(
            "",
            noneStart("start"),
            exclusive("gate", "gate_other"),
            timer("other", "PT1H"),
            timer("a", "PT1H"),
            path("start", "gate", "other"),
            when("gate", "a", "true()"));
    assertThat(Played.begun(process).waiting()).containsExactly("a");
    assertThat(chosen("false()", "false()")).isEqualTo("other");
  }

  private static String chosen(String a, String b) {
    var process =
        Shop.compile(
            "",
            noneStart("start"),
            exclusive("gate", "gate_other"),
            timer("a", "PT1H"),
            timer("b", "PT1H"),
            timer("other", "PT1H"),
            path("start", "gate"),
            when("gate", "a", a),
            when("gate", "b", b),
            path("gate", "other"));
    return Played.begun(process).waiting().getFirst();
  }

  @Test
  void an_exclusive_gateway_without_a_flow_to_take_is_an_error() {
    var played = Played.begun(gateway("false()"));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}NoFlowTaken");
  }

  @Test
  void a_token_ends_at_a_gateway_that_no_flow_leaves() {
    for (var merge : new String[] {exclusive("merge", ""), inclusive("merge", "")}) {
      var played =
          Played.begun(
              Shop.compile(
                  "",
                  noneStart("start"),
                  exclusive("gate", "gate_merge"),
                  tell("tell"),
                  merge,
                  path("start", "gate", "merge"),
                  when("gate", "tell", "true()"),
                  path("tell", "merge")));
      assertThat(played.sent()).containsExactly("tell");
      assertThat(played.status()).isEqualTo(Status.COMPLETED);
    }
  }

  @Test
  void a_condition_that_has_no_truth_value_is_an_error_of_the_process_not_of_the_gateway() {
    var played = Played.begun(gateway("(1, 2)"));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
  }

  private static ExecutableProcess gateway(String condition) {
    return Shop.compile(
        "",
        noneStart("start"),
        exclusive("gate", ""),
        end("a"),
        end("b"),
        path("start", "gate"),
        when("gate", "a", condition),
        when("gate", "b", condition));
  }

  @Test
  void a_parallel_gateway_waits_for_a_token_by_each_of_its_flows() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                parallel("fork"),
                timer("a", "PT1H"),
                timer("b", "PT2H"),
                parallel("join"),
                tell("tell"),
                end("end"),
                path("start", "fork", "a", "join"),
                path("fork", "b", "join", "tell", "end")));
    assertThat(played.waiting()).containsExactly("a", "b");
    played.fire("b");
    assertThat(played.waiting()).containsExactly("a", "join");
    assertThat(played.sent()).isEmpty();
    played.fire("a");
    assertThat(played.sent()).containsExactly("tell");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void two_tokens_by_the_same_flow_do_not_open_a_parallel_gateway() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                parallel("fork"),
                exclusive("one", ""),
                exclusive("two", ""),
                exclusive("merge", ""),
                timer("b", "PT2H"),
                parallel("join"),
                tell("tell"),
                end("end"),
                path("start", "fork", "one", "merge"),
                path("fork", "two", "merge", "join"),
                path("fork", "b", "join", "tell", "end")));
    assertThat(played.waiting()).containsExactly("b", "join", "join");
    played.fire("b");
    assertThat(played.sent()).containsExactly("tell");
    assertThat(played.waiting()).containsExactly("join");
    assertThat(played.status()).isEqualTo(Status.LIVE);
  }

  @Test
  void a_parallel_gateway_in_a_loop_joins_each_time_round() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                exclusive("again", ""),
                parallel("fork"),
                timer("a", "PT1H"),
                timer("b", "PT2H"),
                parallel("join"),
                path("start", "again", "fork", "a", "join"),
                path("fork", "b", "join", "again")));
    for (int round = 0; round < 3; round++) {
      played.fire("a").fire("b");
      assertThat(played.waiting()).containsExactly("a", "b");
    }
  }

  @Test
  void a_terminate_end_event_ends_every_token_and_withdraws_what_they_wait_for() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                parallel("fork"),
                charge("charge"),
                timer("b", "PT2H"),
                terminate("stop"),
                end("end"),
                path("start", "fork", "charge", "end"),
                path("fork", "b", "stop")));
    var charged = played.awaited();
    played.fire("b");
    assertThat(played.status()).isEqualTo(Status.TERMINATED);
    assertThat(played.effects()).containsExactly(new Effect.Withdraw(charged));
    assertThat(played.instance().tokens()).isEmpty();
    assertThat(played.instance().timers()).isEmpty();
  }

  @Test
  void a_loop_that_never_waits_ends_with_an_incident() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                exclusive("again", ""),
                script("script", "1", "parley:result=\"note\""),
                path("start", "again", "script", "again")));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}EndlessLoop");
    assertThat(played.path()).hasSizeLessThanOrEqualTo(Execution.MOST_MOVES + 1);
  }

  @Test
  void nobody_catches_an_endless_loop_through_the_boundary_event() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                exclusive("again", ""),
                script("script", "1 div 0", "parley:result=\"note\""),
                boundaryError("any", "script", ""),
                end("end"),
                path("start", "again", "script", "end"),
                path("any", "again")));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}EndlessLoop");
  }

  @Test
  void a_timer_event_waits_until_its_time() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                timer("wait", "P32DT2H"),
                end("end"),
                path("start", "wait", "end")));
    assertThat(played.instance().timers().getFirst().dueAt())
        .isEqualTo(Played.NOON.plus(Duration.ofDays(32)).plus(Duration.ofHours(2)));
    played.fire("wait");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void a_time_that_no_store_can_keep_is_an_error_of_the_process() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                timer("wait", "concat('P900000000', 'Y')"),
                end("end"),
                path("start", "wait", "end")));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
  }

  @Test
  void an_interrupting_boundary_timer_takes_the_token_away() {
    var played = Played.begun(guarded(true));
    assertThat(played.timers()).containsExactly("late");
    var charged = played.awaited();
    played.fire("late");
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.effects()).containsExactly(new Effect.Withdraw(charged));
    int version = played.instance().version();
    played.step(new Input.Answered(charged, Shop.receipt("late")));
    assertThat(played.waiting()).containsExactly("after");
    assertThat(played.instance().version()).isEqualTo(version + 1);
  }

  @Test
  void a_boundary_timer_that_does_not_interrupt_fires_once_beside_the_token() {
    var played = Played.begun(guarded(false));
    played.fire("late");
    assertThat(played.waiting()).containsExactly("charge", "after");
    assertThat(played.timers()).containsExactly("after");
    assertThat(played.effects()).isEmpty();
    played.answered(Shop.receipt("r1"));
    assertThat(played.item("receipt")).isEqualTo("r1");
  }

  @Test
  void the_boundary_timer_stops_when_its_activity_completes() {
    var played = Played.begun(guarded(true)).answered(Shop.receipt("r1"));
    assertThat(played.timers()).isEmpty();
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  private static ExecutableProcess guarded(boolean interrupting) {
    return Shop.compile(
        "",
        noneStart("start"),
        charge("charge", "parley:result=\"receipt\""),
        boundaryTimer("late", "charge", "PT1H", interrupting),
        timer("after", "PT1H"),
        end("end"),
        path("start", "charge", "end"),
        path("late", "after", "end"));
  }

  @Test
  void a_boundary_timer_whose_time_cannot_be_computed_fails_its_activity_before_anything_is_sent() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                charge("charge"),
                boundaryTimer("late", "charge", "string($note)", true),
                boundaryError("failed", "charge", "failedExpression"),
                tell("tell"),
                end("end"),
                path("start", "charge", "end"),
                path("late", "end"),
                path("failed", "tell", "end")));
    assertThat(played.sent()).containsExactly("tell");
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void inputs_for_what_no_longer_waits_change_nothing_but_the_version() {
    var played = Played.begun(guarded(true));
    var charged = played.awaited();
    played.answered(Shop.receipt("r1"));
    var ended = played.instance();
    for (Input late :
        List.of(
            new Input.Answered(charged, Shop.receipt("r2")),
            new Input.Delivered(charged),
            new Input.Undeliverable(charged, true, ""),
            new Input.TimerDue(1))) {
      played.step(late);
      assertThat(played.effects()).isEmpty();
      assertThat(played.path()).isEmpty();
      assertThat(played.instance().items()).isEqualTo(ended.items());
      assertThat(played.status()).isEqualTo(Status.COMPLETED);
    }
  }
}
