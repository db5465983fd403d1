package dev.parley.deployment;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.model.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AdviceTest {
  private static final String PLACED = start("placed", "place");
  private static final String ASKED = start("asked", "ask");

  private static List<String> advice(String... drawing) {
    return summaries(Shop.compile("", drawing));
  }

  private static List<String> summaries(ExecutableProcess process) {
    return Advice.of(process).stream().map(BundleUnderTest::summary).toList();
  }

  @Test
  void advice_has_a_severity_of_its_own_and_refuses_nothing() {
    var found =
        Advice.of(
            Shop.compile(
                "", PLACED, path("placed", "wait", "done"), receive("wait", "pay"), end("done")));
    assertThat(found).singleElement().returns(Finding.Severity.ADVICE, Finding::severity);
    assertThat(found.getFirst().isError()).isFalse();
    assertThat(found.getFirst().toString()).contains(": advice: 'wait': Expected");
  }

  @Test
  void an_answer_that_takes_long_is_received_by_a_task_of_its_own() {
    String drawn = path("placed", "ask", "done") + end("done");
    assertThat(advice(PLACED, drawn, charge("ask", "parley:deadline=\"P2D\"")))
        .containsExactly("advice.send-and-receive ask");
    assertThat(
            advice(
                PLACED,
                drawn,
                charge("ask", "parley:deadline=\"P2D\" parley:answerWithin=\"PT5M\"")))
        .isEmpty();
  }

  @Test
  void more_than_two_boundary_messages_are_too_many() {
    String two =
        receive("wait", "pay")
            + boundaryTimer("late", "wait", "PT1H", true)
            + message("one", "cancel")
            + message("two", "place");
    String flows =
        path("placed", "wait", "done")
            + path("late", "done")
            + path("one", "done")
            + path("two", "done")
            + end("done");
    assertThat(advice(PLACED, flows, two)).isEmpty();
    assertThat(
            advice(
                PLACED,
                flows,
                two,
                message("three", "ask"),
                path("three", "answered"),
                replyEnd("answered")))
        .containsExactly("advice.boundary-messages wait");
  }

  private static String message(String id, String operation) {
    return anyEvent("boundaryEvent", id, comes(operation), "attachedToRef=\"wait\"");
  }

  @Test
  void every_wait_has_a_time_out() {
    String flows = path("placed", "wait", "done") + end("done");
    String timer = boundaryTimer("late", "wait", "PT1H", true) + path("late", "done");
    for (var wait : List.of(receive("wait", "pay"), userTask("wait"), call("wait", "other"))) {
      assertThat(advice(PLACED, flows, wait)).containsExactly("advice.time-out wait");
      assertThat(advice(PLACED, flows, wait, timer)).isEmpty();
    }
    assertThat(advice(PLACED, flows, catching("wait", "pay")))
        .containsExactly("advice.time-out wait");
  }

  @Test
  void an_event_based_gateway_or_the_sub_process_around_a_wait_may_have_the_timer() {
    String chosen =
        path("placed", "choice", "paid", "done")
            + eventBased("choice")
            + catching("paid", "pay")
            + catching("cancelled", "cancel")
            + path("choice", "cancelled", "done")
            + end("done");
    assertThat(advice(PLACED, chosen)).containsExactly("advice.time-out choice");
    assertThat(advice(PLACED, chosen, path("choice", "late", "done"), timer("late", "PT1H")))
        .isEmpty();
    assertThat(
            advice(
                PLACED,
                path("placed", "part", "done"),
                subProcess("part", receive("paid", "pay")),
                boundaryTimer("late", "part", "PT1H", true),
                path("late", "done"),
                end("done")))
        .isEmpty();
  }

  @Test
  void a_completion_condition_sees_no_output_collection() {
    assertThat(
            advice(
                PLACED, path("placed", "each", "done"), end("done"), looped("count($note/*) gt 1")))
        .containsExactly("advice.completion-condition each");
    assertThat(
            advice(
                PLACED,
                path("placed", "each", "done"),
                end("done"),
                looped("count($notes/*) gt 1")))
        .isEmpty();
  }

  private static String looped(String condition) {
    return "<dataObject id=\"notesData\" name=\"notes\"/>"
        + looping(
            script("each", "<n/>", "parley:result=\"round\""),
            """
            <multiInstanceLoopCharacteristics isSequential="true">
              <loopCardinality xsi:type="tFormalExpression">3</loopCardinality>
              <loopDataOutputRef>noteData</loopDataOutputRef>
              <outputDataItem id="round" name="round"/>
              <completionCondition xsi:type="tFormalExpression">%s</completionCondition>
            </multiInstanceLoopCharacteristics>
            """
                .formatted(condition));
  }

  @Test
  void whoever_asks_gets_a_reply_on_every_path() {
    String decided =
        path("asked", "large")
            + exclusive("large", "large_no")
            + when("large", "yes", "true()")
            + path("large", "no")
            + replyEnd("yes");
    assertThat(advice(ASKED, decided, end("no"))).containsExactly("advice.reply asked");
    assertThat(advice(ASKED, decided, replyEnd("no"))).isEmpty();
    assertThat(advice(ASKED, decided, errorEnd("no", "unknownOrder", payload("<o:unknownOrder/>"))))
        .isEmpty();
  }

  @Test
  void one_of_several_parallel_branches_replies_for_all() {
    assertThat(
            advice(
                ASKED,
                path("asked", "fork", "answered"),
                parallel("fork"),
                path("fork", "tell", "told"),
                tell("tell"),
                end("told"),
                replyEnd("answered")))
        .isEmpty();
  }

  @Test
  void what_happens_beside_an_activity_need_not_reply() {
    String flows =
        path("asked", "work", "answered")
            + script("work", "()")
            + path("beside", "reminded")
            + end("reminded")
            + replyEnd("answered");
    assertThat(advice(ASKED, flows, boundaryTimer("beside", "work", "PT1H", false))).isEmpty();
    assertThat(advice(ASKED, flows, boundaryTimer("beside", "work", "PT1H", true)))
        .containsExactly("advice.reply asked");
  }

  @Test
  void a_reply_after_the_sub_process_of_its_request_counts() {
    String flows = path("placed", "part", "answer", "done") + reply("answer") + end("done");
    String asks =
        receive("wait", "ask")
            + boundaryTimer("late", "wait", "PT1H", true)
            + path("wait", "had")
            + path("late", "lost")
            + errorEnd("lost", "plain")
            + end("had");
    assertThat(advice(PLACED, flows, subProcess("part", asks))).isEmpty();
  }

  @Test
  void a_key_is_set_before_messages_are_awaited_by_it() {
    String flows =
        path("placed", "wait", "done")
            + boundaryTimer("late", "wait", "PT1H", true)
            + path("late", "done")
            + end("done");
    var without = Map.of("messageRef=\"tns:orderMessage\">", "messageRef=\"tns:statusMessage\">");
    assertThat(summaries(Shop.compile("", without, PLACED, flows, receive("wait", "pay"))))
        .containsExactly("advice.start-key placed");
    assertThat(advice(PLACED, flows, receive("wait", "pay"))).isEmpty();
    assertThat(advice(noneStart("placed"), flows, receive("wait", "pay")))
        .containsExactly("advice.start-key placed");
  }

  @Test
  void an_interrupting_message_may_come_before_there_is_anything_to_interrupt() {
    String inside = path("cancelled", "stopped") + end("stopped");
    String flows = path("placed", "work", "done") + script("work", "()") + end("done");
    assertThat(
            advice(PLACED, flows, eventSubProcess("anytime", start("cancelled", "cancel"), inside)))
        .containsExactly("advice.early-interrupt cancelled");
    assertThat(
            advice(
                PLACED,
                flows,
                eventSubProcess(
                    "anytime",
                    start("cancelled", "cancel", "parley:onUnknown=\"reject\""),
                    inside)))
        .isEmpty();
    assertThat(
            advice(
                PLACED,
                flows,
                eventSubProcess(
                    "anytime", start("cancelled", "cancel", "isInterrupting=\"false\""), inside)))
        .isEmpty();
  }

  @Test
  void parallel_branches_wait_for_different_messages() {
    String flows =
        path("placed", "fork", "one", "join", "done")
            + path("fork", "two", "join")
            + parallel("fork")
            + parallel("join")
            + end("done")
            + boundaryTimer("late1", "one", "PT1H", true)
            + boundaryTimer("late2", "two", "PT1H", true)
            + path("late1", "lost")
            + path("late2", "lost")
            + terminate("lost");
    assertThat(advice(PLACED, flows, receive("one", "pay"), receive("two", "pay")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("advice.parallel-receives ");
    assertThat(advice(PLACED, flows, receive("one", "pay"), receive("two", "cancel"))).isEmpty();
  }

  @Test
  void a_path_ends_at_an_end_event_when_others_do() {
    String flows =
        path("placed", "fork", "done")
            + parallel("fork")
            + path("fork", "work")
            + script("work", "()")
            + end("done");
    assertThat(advice(PLACED, flows)).containsExactly("advice.implicit-end work");
    assertThat(advice(PLACED, flows, path("work", "worked"), end("worked"))).isEmpty();
  }

  @Test
  void a_gateway_that_decides_has_a_default_flow() {
    String flows =
        path("placed", "large") + when("large", "yes", "true()") + end("yes") + end("no");
    assertThat(advice(PLACED, flows, exclusive("large", ""), when("large", "no", "false()")))
        .containsExactly("advice.default-flow large");
    assertThat(advice(PLACED, flows, exclusive("large", "large_no"), path("large", "no")))
        .isEmpty();
  }
}
