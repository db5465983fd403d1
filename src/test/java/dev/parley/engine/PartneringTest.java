package dev.parley.engine;

import static dev.parley.model.Desk.flow;
import static dev.parley.model.Desk.invokes;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.model.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message goes, as far as the instance knows better than its model. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartneringTest {
  private static final String HERE = "parley:endpoint=\"'http://here.test/'\"";
  private static final EndpointReference THERE = EndpointReference.of("http://there.test/");

  private static Played begun(String... drawing) {
    return Played.begun(Desk.compile(drawing));
  }

  /** Where each message of the last step goes; empty where the model says so. */
  private static List<String> targets(Played played) {
    return played.sends().stream()
        .map(s -> s.headers().to())
        .map(to -> to == null ? "" : to.address())
        .toList();
  }

  private static Message from(long id, @Nullable EndpointReference replyTo) {
    return Desk.message(
        id,
        "note",
        "7",
        new Headers("urn:m" + id, null, null, replyTo, null, null, Map.of(), null, List.of()));
  }

  @Test
  void an_expression_gives_the_address_as_text() {
    var played = begun(noneStart("start"), sends("a", "note", HERE), path("start", "a"));
    assertThat(targets(played)).containsExactly("http://here.test/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.w3.org/2005/08/addressing",
        "http://schemas.xmlsoap.org/ws/2004/08/addressing"
      })
  void an_expression_gives_an_endpoint_reference_with_its_parameters(String addressing) {
    var played =
        begun(
            noneStart("start"),
            script(
                "make",
                "<any xmlns:a='%s'><a:Address>http://here.test/</a:Address><a:ReferenceParameters><p xmlns='urn:x'>1</p></a:ReferenceParameters></any>"
                    .formatted(addressing),
                "parley:result=\"note\""),
            invokes("a", "check", "parley:endpoint=\"$note\""),
            end("e"),
            path("start", "make", "a", "e"));
    var to = Objects.requireNonNull(played.sends().getFirst().headers().to());
    assertThat(to.address()).isEqualTo("http://here.test/");
    assertThat(to.parameters())
        .singleElement()
        .satisfies(p -> assertThat(p.toString()).contains("urn:x").contains(">1</p>"));
  }

  @Test
  void a_chosen_endpoint_is_the_participant_s_from_then_on_and_nobody_else_s() {
    var played =
        begun(
            flow("a", "peer"),
            flow("b", "peer"),
            flow("c", "peer"),
            flow("d", "other"),
            noneStart("start"),
            sends("a", "check", HERE),
            sends("b", "check"),
            sends("d", "check"),
            timer("w", "PT1H"),
            invokes("c", "look"),
            end("e"),
            path("start", "a", "b", "d", "w", "c", "e"));
    assertThat(targets(played)).containsExactly("http://here.test/", "http://here.test/", "");
    assertThat(targets(played.fire("w"))).containsExactly("http://here.test/");
  }

  @Test
  void a_later_choice_replaces_an_earlier_one() {
    var played =
        begun(
            noneStart("start"),
            sends("a", "check", HERE),
            sends("b", "check", "parley:endpoint=\"'http://new.test/'\""),
            sends("c", "check"),
            path("start", "a", "b", "c"));
    assertThat(targets(played))
        .containsExactly("http://here.test/", "http://new.test/", "http://new.test/");
  }

  @Test
  void without_a_participant_the_partner_is_known_by_its_interface() {
    var played =
        begun(
            noneStart("start"),
            sends("a", "check", HERE),
            sends("b", "look"),
            "<sendTask id=\"c\" operationRef=\"tns:op_tell\" parley:payload=\"&lt;b:receipt/>\"/>",
            path("start", "a", "b", "c"));
    assertThat(targets(played)).containsExactly("http://here.test/", "http://here.test/", "");
  }

  @Test
  void a_partner_says_where_it_is_by_the_reply_to_of_its_message() {
    var played =
        Played.by(
            from(1, THERE),
            Desk.compile(
                flow("peer", "s"),
                flow("a", "peer"),
                flow("b", "other"),
                starts("s", "note"),
                sends("a", "check"),
                sends("b", "check"),
                path("s", "a", "b")));
    assertThat(targets(played)).containsExactly("http://there.test/", "");
    assertThat(played.sends().getFirst().headers().to()).isEqualTo(THERE);
  }

  @Test
  void reference_parameters_of_a_reply_to_are_kept() {
    var there =
        new EndpointReference("http://there.test/", List.of(Body.of("<p xmlns=\"urn:x\">1</p>")));
    var played =
        Played.by(
            from(1, there),
            Desk.compile(
                flow("peer", "s"),
                flow("a", "peer"),
                starts("s", "note"),
                timer("w", "PT1H"),
                sends("a", "check"),
                path("s", "w", "a")));
    assertThat(played.fire("w").sends().getFirst().headers().to()).isEqualTo(there);
  }

  /** Takes one message, and another one; then sends. */
  private static Played twice(
      @Nullable EndpointReference first, @Nullable EndpointReference second, String send) {
    return Played.by(
            from(1, first),
            Desk.compile(
                flow("peer", "s"),
                flow("peer", "again"),
                send.isEmpty() ? "" : flow("chosen", "peer"),
                flow("a", "peer"),
                starts("s", "note"),
                send.isEmpty() ? "<task id=\"chosen\"/>" : send,
                takes("again", "note"),
                sends("a", "check"),
                path("s", "chosen", "again", "a")))
        .take(from(2, second));
  }

  @Test
  void the_newest_reply_to_counts_and_a_message_without_one_changes_nothing() {
    var newer = EndpointReference.of("http://newer.test/");
    assertThat(targets(twice(THERE, newer, ""))).containsExactly("http://newer.test/");
    assertThat(targets(twice(THERE, null, ""))).containsExactly("http://there.test/");
    assertThat(targets(twice(THERE, EndpointReference.ANONYMOUS, "")))
        .containsExactly("http://there.test/");
    assertThat(targets(twice(THERE, EndpointReference.NONE, "")))
        .containsExactly("http://there.test/");
    assertThat(targets(twice(EndpointReference.NONE, EndpointReference.ANONYMOUS, "")))
        .containsExactly("");
  }

  @Test
  void a_reply_to_does_not_go_before_what_the_process_has_chosen() {
    assertThat(targets(twice(null, THERE, sends("chosen", "check", HERE))))
        .containsExactly("http://here.test/");
  }

  @Test
  void each_round_of_a_loop_has_partners_of_its_own() {
    var played =
        begun(
            noneStart("start"),
            sends("before", "check", HERE),
            looping(
                subProcess(
                    "each",
                    noneStart("in"),
                    sends("first", "check"),
                    sends(
                        "choose",
                        "check",
                        "parley:endpoint=\"concat('http://round.test/', $loopCounter)\""),
                    sends("again", "check"),
                    path("in", "first", "choose", "again")),
                "<multiInstanceLoopCharacteristics isSequential=\"true\"><loopCardinality"
                    + " xsi:type=\"tFormalExpression\">2</loopCardinality></multiInstanceLoopCharacteristics>"),
            sends("after", "check"),
            path("start", "before", "each", "after"));
    assertThat(targets(played))
        .containsExactly(
            "http://here.test/",
            "http://here.test/",
            "http://round.test/1",
            "http://round.test/1",
            "http://here.test/",
            "http://round.test/2",
            "http://round.test/2",
            "http://here.test/");
  }

  @Test
  void what_a_sub_process_chooses_its_process_knows() {
    var played =
        begun(
            noneStart("start"),
            subProcess("sub", noneStart("in"), sends("a", "check", HERE), path("in", "a")),
            sends("b", "check"),
            path("start", "sub", "b"));
    assertThat(targets(played)).containsExactly("http://here.test/", "http://here.test/");
  }

  @Test
  void a_service_that_sends_first_and_knows_no_address_fails_to_deliver() {
    var played = begun(noneStart("start"), sends("a", "ring"), end("e"), path("start", "a", "e"));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}DeliveryFailed");
    assertThat(played.sends()).isEmpty();
  }

  private static Played invoking(String endpoint) {
    var drawing =
        new ArrayList<>(
            List.of(
                noneStart("start"),
                invokes("a", "offer", endpoint),
                boundaryError("failed", "a", "undelivered"),
                boundaryError("unsound", "a", "failedExpression"),
                timer("f", "PT1H"),
                timer("u", "PT1H"),
                end("e"),
                path("start", "a", "e"),
                path("failed", "f"),
                path("unsound", "u")));
    return begun(drawing.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "parley:endpoint=\"'http://www.w3.org/2005/08/addressing/anonymous'\"",
        "parley:endpoint=\"'http://www.w3.org/2005/08/addressing/none'\""
      })
  void where_nobody_can_be_reached_the_task_ends_with_delivery_failed(String endpoint) {
    assertThat(invoking(endpoint).waiting()).containsExactly("f");
    assertThat(invoking(endpoint).sends()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "()", "'  '", "$note"})
  void an_endpoint_that_is_no_address_is_expression_failed(String expression) {
    assertThat(invoking("parley:endpoint=\"" + expression + "\"").waiting()).containsExactly("u");
  }

  @Test
  void a_message_bears_the_header_blocks_that_its_model_makes() {
    var played =
        begun(
            noneStart("start"),
            sends("a", "check", "parley:headers=\"&lt;d:mark>{1 + 1}&lt;/d:mark>\""),
            sends("b", "check", HERE, "parley:headers=\"()\""),
            invokes("c", "look", HERE, "parley:headers=\"(&lt;d:one/>, &lt;d:two/>)\""),
            path("start", "a", "b", "c"));
    assertThat(played.sends())
        .extracting(s -> s.headers().blocks(), s -> s.headers().to() != null)
        .containsExactly(
            tuple(List.of(block("mark", "2")), false),
            tuple(List.of(), true),
            tuple(List.of(block("one", ""), block("two", "")), true));
  }

  private static Body block(String name, String text) {
    return Body.of(
        text.isEmpty()
            ? "<d:%s xmlns:d=\"%s\"/>".formatted(name, Desk.DESK)
            : "<d:%1$s xmlns:d=\"%2$s\">%3$s</d:%1$s>".formatted(name, Desk.DESK, text));
  }

  @Test
  void a_header_block_that_is_no_element_is_expression_failed() {
    var played =
        begun(
            noneStart("start"),
            sends("a", "check", "parley:headers=\"'text'\""),
            end("e"),
            path("start", "a", "e"));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}ExpressionFailed");
    assertThat(played.sends()).isEmpty();
  }

  private static final String MARK =
      "parley:result=\"note\""
          + " parley:resultExpression=\"string-join(parley:header('{urn:x}mark'), '+')\"";

  private static Message marked(long id) {
    var blocks =
        List.of(
            Body.of("<mark xmlns=\"urn:x\">one</mark>"),
            Body.of("<mark xmlns=\"urn:y\">another</mark>"),
            Body.of("<mark xmlns=\"urn:x\">two</mark>"));
    return Desk.message(
        id, "note", "7", new Headers(null, null, null, null, null, null, Map.of(), null, blocks));
  }

  @Test
  void header_blocks_of_a_message_are_found_by_their_name_where_it_is_received() {
    var started =
        Played.by(
            marked(1), Desk.compile(starts("s", "note", MARK), timer("w", "PT1H"), path("s", "w")));
    assertThat(started.item("note")).isEqualTo("one+two");
    var received =
        begun(
            noneStart("start"),
            takes("t", "note", MARK),
            timer("w", "PT1H"),
            path("start", "t", "w"));
    assertThat(received.take(marked(1)).item("note")).isEqualTo("one+two");
  }

  @Test
  void header_blocks_of_an_answer_are_found_at_the_service_task() {
    var played =
        begun(
            noneStart("start"),
            invokes("a", "check", MARK),
            timer("w", "PT1H"),
            path("start", "a", "w"));
    played.step(
        new Input.Answered(
            played.awaited(), Desk.body("checkAnswer", "x"), marked(1).headers().blocks()));
    assertThat(played.item("note")).isEqualTo("one+two");
  }

  @Test
  void header_blocks_are_of_the_message_that_is_received_and_no_earlier_one() {
    var played =
        Played.by(
                marked(1),
                Desk.compile(
                    starts("s", "note", MARK),
                    takes("t", "note", MARK),
                    timer("w", "PT1H"),
                    path("s", "t", "w")))
            .take(Desk.message(2, "note", "7"));
    assertThat(played.item("note")).isEmpty();
  }

  @Test
  void assignments_read_header_blocks_too() {
    var played =
        Played.by(
            marked(1),
            Desk.compile(
                "<startEvent id=\"s\"><dataOutput"
                    + " id=\"s_out\"/><dataOutputAssociation><sourceRef>s_out</sourceRef><targetRef>noteData</targetRef><assignment><from"
                    + " xsi:type=\"tFormalExpression\">string(parley:header('{urn:x}mark')[2])</from><to"
                    + " xsi:type=\"tFormalExpression\">.</to></assignment></dataOutputAssociation><outputSet><dataOutputRefs>s_out</dataOutputRefs></outputSet>"
                    + Desk.message("note", "note")
                    + "</startEvent>",
                timer("w", "PT1H"),
                path("s", "w")));
    assertThat(played.incidents()).isEmpty();
    assertThat(played.item("note")).isEqualTo("two");
  }
}
