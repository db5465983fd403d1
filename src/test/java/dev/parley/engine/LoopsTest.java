package dev.parley.engine;

import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.charge;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.model.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Standard loops and multi-instance activities. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoopsTest {
  private static String standard(String attributes, String condition) {
    return "<standardLoopCharacteristics %s>%s</standardLoopCharacteristics>"
        .formatted(attributes, formal("loopCondition", condition));
  }

  private static String formal(String element, String text) {
    return text.isEmpty()
        ? ""
        : "<%1$s xsi:type=\"tFormalExpression\">%2$s</%1$s>"
            .formatted(element, text.replace("<", "&lt;"));
  }

  private static String multi(String attributes, String... content) {
    return "<multiInstanceLoopCharacteristics %s>%s</multiInstanceLoopCharacteristics>"
        .formatted(attributes, String.join("", content));
  }

  private static Played counted(String characteristics) {
    return Played.begun(
        Shop.compile(
            "",
            noneStart("start"),
            script("zero", "0", "parley:result=\"noteData\""),
            looping(
                script("add", "$note + $loopCounter", "parley:result=\"noteData\""),
                characteristics),
            path("start", "zero", "add")));
  }

  @Test
  void a_loop_is_done_as_long_as_its_condition_holds_afterwards() {
    assertThat(counted(standard("", "$note < 6")).item("note")).isEqualTo("6");
    assertThat(counted(standard("", "false()")).item("note")).isEqualTo("1");
  }

  @Test
  void a_loop_that_tests_before_may_not_be_done_at_all() {
    assertThat(counted(standard("testBefore=\"true\"", "false()")).item("note")).isEqualTo("0");
    assertThat(counted(standard("testBefore=\"true\"", "$loopCounter < 4")).item("note"))
        .isEqualTo("6");
  }

  @Test
  void a_loop_ends_at_its_maximum() {
    assertThat(counted(standard("loopMaximum=\"2\"", "true()")).item("note")).isEqualTo("3");
  }

  @Test
  void a_loop_without_end_is_an_error_that_leaves_the_gateway_alone() {
    var played = counted(standard("", "true()"));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).containsExactly("{urn:parley:1}EndlessLoop");
  }

  @Test
  void sequential_instances_wait_for_each_other_and_parallel_ones_do_not() {
    for (boolean sequential : new boolean[] {true, false}) {
      var played =
          Played.begun(
              Shop.compile(
                  "",
                  noneStart("start"),
                  looping(
                      charge("charge"),
                      multi("isSequential=\"" + sequential + "\"", formal("loopCardinality", "3"))),
                  timer("next", "PT1H"),
                  path("start", "charge", "next")));

      assertThat(played.sent()).hasSize(sequential ? 1 : 3);
      played.answered(Shop.receipt("a")).answered(Shop.receipt("b"));
      assertThat(played.waiting()).contains("charge").doesNotContain("next");
      assertThat(played.answered(Shop.receipt("c")).waiting()).containsExactly("next");
    }
  }

  private static Played collected(String sequential, String completion) {
    return Played.begun(
        Shop.compile(
            "",
            noneStart("start"),
            "<dataObject id=\"names\" name=\"names\"/><dataObject id=\"all\" name=\"all\"/>",
            script("set", "('b', 'a', 'c')", "parley:result=\"names\""),
            looping(
                script("upper", "upper-case($name)", "parley:result=\"big\""),
                multi(
                    "isSequential=\"" + sequential + "\"",
                    "<loopDataInputRef>names</loopDataInputRef>",
                    "<loopDataOutputRef>all</loopDataOutputRef>",
                    "<inputDataItem id=\"name\" name=\"name\"/>",
                    "<outputDataItem id=\"big\" name=\"big\"/>",
                    formal("completionCondition", completion))),
            script("keep", "$all", "parley:result=\"noteData\""),
            path("start", "set", "upper", "keep")));
  }

  @Test
  void each_instance_has_its_item_and_what_they_leave_is_collected_in_their_order() {
    assertThat(collected("true", "").item("note")).isEqualTo("B A C");
    assertThat(collected("false", "").item("note")).isEqualTo("B A C");
    assertThat(collected("false", "").instance().scopes()).hasSize(1);
  }

  @Test
  void a_completion_condition_ends_the_instances_that_are_left() {
    assertThat(collected("true", "$numberOfCompletedInstances = 2").item("note")).isEqualTo("B A");
  }

  @Test
  void no_items_no_instances() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping(charge("charge"), multi("", formal("loopCardinality", "0"))),
                timer("next", "PT1H"),
                path("start", "charge", "next")));

    assertThat(played.waiting()).containsExactly("next");
  }

  @Test
  void an_error_of_one_instance_ends_all_and_goes_to_the_boundary_of_the_activity() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping(
                    subProcess("sub", noneStart("i"), charge("charge"), path("i", "charge")),
                    multi("", formal("loopCardinality", "3"))),
                boundaryError("failed", "sub", ""),
                boundaryTimer("late", "sub", "PT1H", true),
                timer("next", "PT1H"),
                path("start", "sub"),
                path("failed", "next"),
                path("late", "next")));
    assertThat(played.timers()).containsExactly("late");

    played.undeliverable(false);

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.instance().scopes()).hasSize(1);
    assertThat(played.effects().stream().filter(Effect.Withdraw.class::isInstance)).hasSize(2);
  }

  @Test
  void a_number_of_instances_that_is_none_is_an_error() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping(charge("charge"), multi("", formal("loopCardinality", "'many'"))),
                path("start", "charge")));

    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
  }

  @Test
  void a_key_whose_messages_are_exchanged_in_a_loop_alone_is_each_instance_s_own() {
    var customers = "<customer xmlns='urn:example:shop'>%s</customer>";
    var process =
        Shop.compile(
            "",
            start("start", "place"),
            "<dataObject id=\"names\" name=\"names\"/>",
            script(
                "set",
                "(" + customers.formatted("ann") + ", " + customers.formatted("bob") + ")",
                "parley:result=\"names\""),
            looping(
                subProcess(
                    "each",
                    noneStart("i"),
                    receive("paid", "pay"),
                    receive("cancelled", "cancel"),
                    path("i", "paid", "cancelled")),
                multi("", "<loopDataInputRef>names</loopDataInputRef>")),
            path("start", "set", "each"));
    assertThat(process.keys()).extracting(k -> k.name() + k.scope()).contains("byOrder0");
    var played = Played.by(Shop.message(1, "place", "7"), process);

    assertThat(played.instance().catches()).hasSize(2);
    assertThat(played.instance().keys()).isEqualTo(KeySet.of(Map.of(0, List.of("7"))));
  }

  @Test
  void a_condition_that_fails_is_caught_once_on_the_boundary_of_the_loop() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping(
                    charge("charge"), standard("testBefore=\"true\"", "xs:integer('none') = 1")),
                boundaryError("failed", "charge", ""),
                timer("next", "PT1H"),
                path("start", "charge"),
                path("failed", "next")));

    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.instance().scopes()).hasSize(1);
  }

  @Test
  void a_collection_that_shrinks_under_its_loop_is_an_error() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                "<dataObject id=\"names\" name=\"names\"/>",
                script("set", "(1, 2, 3)", "parley:result=\"names\""),
                looping(
                    script("shrink", "$names[1][$name = 1]", "parley:result=\"names\""),
                    multi(
                        "isSequential=\"true\"",
                        "<loopDataInputRef>names</loopDataInputRef>",
                        "<inputDataItem id=\"name\" name=\"name\"/>")),
                path("start", "set", "shrink")));

    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
  }

  @Test
  void many_instances_may_all_move_in_one_step() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping("<task id=\"work\"/>", multi("", formal("loopCardinality", "9000"))),
                looping("<task id=\"again\"/>", multi("", formal("loopCardinality", "2000"))),
                timer("next", "PT1H"),
                path("start", "work", "again", "next")));

    assertThat(played.waiting()).containsExactly("next");
  }
}
