package dev.parley.engine;

import static dev.parley.model.Desk.answers;
import static dev.parley.model.Desk.faults;
import static dev.parley.model.Desk.flow;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.after;
import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.errorEnd;
import static dev.parley.model.Drawing.eventBased;
import static dev.parley.model.Drawing.eventSubProcess;
import static dev.parley.model.Drawing.exclusive;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.payload;
import static dev.parley.model.Drawing.subProcess;
import static dev.parley.model.Drawing.timer;
import static dev.parley.model.Drawing.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.model.Desk;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When and how an exchange ends that a partner has begun, by its pattern and its scope. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExchangesTest {
  private static final String TWICE =
      "<multiInstanceLoopCharacteristics><loopCardinality"
          + " xsi:type=\"tFormalExpression\">2</loopCardinality></multiInstanceLoopCharacteristics>";

  private static Played by(String operation, String... drawing) {
    return Played.by(Desk.message(1, operation, "7"), Desk.compile(drawing));
  }

  private static Answer reply(String element, String from) {
    return new Answer.Reply(Desk.body(element, from));
  }

  private static List<Long> open(Played played) {
    return played.instance().exchanges().stream()
        .map(OpenExchange::request)
        .map(MessageId::value)
        .toList();
  }

  private static FaultKind kind(@Nullable Answer answer) {
    return ((Fault.Gateway) ((Answer.Faulted) Objects.requireNonNull(answer)).fault()).kind();
  }

  @ParameterizedTest
  @ValueSource(strings = {"note", "hand"})
  void a_robust_exchange_is_acknowledged_at_the_end_of_the_turn(String operation) {
    var played = by(operation, starts("s", operation), timer("w", "PT1H"), path("s", "w"));
    assertThat(played.answered()).containsExactly(entry(1L, Answer.ACCEPTED));
    assertThat(played.instance().exchanges()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"note", "hand"})
  void an_error_in_the_turn_that_takes_a_robust_message_is_its_fault(String operation) {
    var played =
        by(
            operation,
            starts("s", operation),
            errorEnd("e", operation + "Error", payload("<d:" + operation + "Fault/>")),
            path("s", "e"));
    assertThat(played.answers())
        .singleElement()
        .isInstanceOfSatisfying(
            Answer.Faulted.class,
            f -> assertThat(((Fault.Declared) f.fault()).name()).isEqualTo(Desk.fault(operation)));
    assertThat(played.incidents()).isEmpty();
  }

  @Test
  void a_one_way_message_opens_no_exchange() {
    var played = by("ring", starts("s", "ring"), timer("w", "PT1H"), path("s", "w"));
    assertThat(played.instance().exchanges()).isEmpty();
    assertThat(played.effects()).isEmpty();
  }

  @Test
  void a_robust_exchange_stays_open_until_a_token_comes_to_the_node_it_names() {
    var played =
        by(
            "note",
            starts("s", "note", "parley:acceptAfter=\"ok\""),
            timer("w", "PT1H"),
            timer("ok", "PT1H"),
            path("s", "w", "ok"));
    assertThat(played.effects()).isEmpty();
    assertThat(open(played)).containsExactly(1L);
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
    assertThat(played.waiting()).containsExactly("ok");
    assertThat(open(played)).isEmpty();
  }

  @Test
  void a_node_in_a_sub_process_accepts_what_was_taken_outside() {
    var played =
        by(
            "note",
            starts("s", "note", "parley:acceptAfter=\"ok\""),
            timer("w", "PT1H"),
            subProcess("sub", noneStart("in"), timer("ok", "PT1H"), path("in", "ok")),
            path("s", "w", "sub"));
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
  }

  @Test
  void a_node_in_an_event_sub_process_accepts_what_was_taken_outside() {
    var played =
        by(
            "note",
            starts("s", "note", "parley:acceptAfter=\"ok\""),
            timer("w", "PT1H"),
            path("s", "w"),
            eventSubProcess(
                "event",
                anyEvent("startEvent", "due", after("PT5M"), "isInterrupting=\"false\""),
                timer("ok", "PT1H"),
                path("due", "ok")));
    assertThat(played.fire("due").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
  }

  @Test
  void a_node_outside_accepts_what_was_taken_in_a_sub_process_that_has_ended() {
    var played =
        Played.begun(
                Desk.compile(
                    noneStart("start"),
                    subProcess(
                        "sub",
                        noneStart("in"),
                        takes("t", "note", "parley:acceptAfter=\"ok\""),
                        path("in", "t")),
                    timer("w", "PT1H"),
                    timer("ok", "PT1H"),
                    path("start", "sub", "w", "ok")))
            .take(Desk.message(1, "note", "7"));
    assertThat(played.waiting()).containsExactly("w");
    assertThat(open(played)).containsExactly(1L);
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
  }

  @Test
  void an_instance_that_ends_elsewhere_accepts_too() {
    var played =
        by(
            "note",
            starts("s", "note", "parley:acceptAfter=\"never\""),
            eventBased("first"),
            timer("w", "PT1H"),
            timer("later", "PT2H"),
            end("e"),
            end("never"),
            path("s", "first", "w", "e"),
            path("first", "later", "never"));
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void what_fails_before_a_robust_message_is_accepted_is_its_fault() {
    var played =
        by(
                "note",
                starts("s", "note", "parley:acceptAfter=\"e\""),
                timer("w", "PT1H"),
                faults("f", "note"),
                timer("x", "PT1H"),
                end("e"),
                path("s", "w", "f", "x", "e"))
            .fire("w");
    assertThat(played.answers())
        .containsExactly(
            new Answer.Faulted(
                new Fault.Declared(Desk.fault("note"), Desk.body("noteFault", "f"), "noteFault")));
    assertThat(played.waiting()).as("the instance goes on").containsExactly("x");
    assertThat(played.fire("x").answers()).isEmpty();
  }

  @Test
  void what_fails_after_a_robust_message_was_accepted_is_an_ordinary_error() {
    var played =
        by(
                "note",
                starts("s", "note"),
                timer("w", "PT1H"),
                errorEnd("e", "noteError", payload("<d:noteFault/>")),
                path("s", "w", "e"))
            .fire("w");
    assertThat(played.answers()).isEmpty();
    assertThat(played.incidents()).containsExactly(Desk.fault("note").toString());
  }

  @Test
  void a_fault_message_after_a_robust_message_was_accepted_is_missing_request() {
    var played =
        by(
                "note",
                starts("s", "note"),
                timer("w", "PT1H"),
                faults("f", "note"),
                end("e"),
                path("s", "w", "f", "e"))
            .fire("w");
    assertThat(played.incidents()).containsExactly("{urn:parley:1}MissingRequest");
  }

  /** Each round takes one, waits, and goes through {@code content} from {@code go} to its end. */
  private static Played rounds(String operation, String attribute, String... content) {
    var process =
        Desk.compile(
            noneStart("start"),
            looping(
                subProcess(
                    "each",
                    noneStart("in"),
                    takes("t", operation, attribute),
                    timer("go", "PT1H"),
                    String.join("", content),
                    path("in", "t", "go")),
                TWICE),
            timer("after", "PT1H"),
            path("start", "each", "after"));
    return Played.begun(process)
        .take(Desk.message(1, operation, "7"))
        .take(Desk.message(2, operation, "8"));
  }

  @Test
  void each_round_of_a_loop_has_exchanges_of_its_own() {
    var played = rounds("note", "parley:acceptAfter=\"ok\"", timer("ok", "PT1H"), path("go", "ok"));
    assertThat(open(played)).containsExactly(1L, 2L);
    assertThat(played.fire("go").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
    assertThat(played.fire("go").answered()).containsExactly(entry(2L, Answer.ACCEPTED));
  }

  @Test
  void a_reply_of_a_round_answers_the_round_s_own_request() {
    var played = rounds("check", "", answers("r", "check"), path("go", "r"));
    assertThat(played.fire("go").answered()).containsExactly(entry(1L, reply("checkAnswer", "r")));
    assertThat(played.fire("go").answered()).containsExactly(entry(2L, reply("checkAnswer", "r")));
  }

  @Test
  void a_round_that_ends_with_an_open_exchange_answers_missing_reply() {
    var played =
        rounds(
            "check",
            "",
            exclusive("g", "g_e"),
            answers("r", "check"),
            end("e"),
            path("go", "g", "e"),
            when("g", "r", "false()"));
    assertThat(kind(played.fire("go").answered().get(1L))).isEqualTo(FaultKind.MISSING_REPLY);
    assertThat(played.waiting()).contains("go");
    assertThat(open(played)).containsExactly(2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"look", "remind"})
  void a_round_that_ends_leaves_out_an_optional_answer(String operation) {
    var played = rounds(operation, "");
    assertThat(played.fire("go").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
    assertThat(open(played)).containsExactly(2L);
  }

  @Test
  void a_round_that_ends_accepts_what_was_to_be_accepted_at_a_node_it_never_came_to() {
    var played = rounds("note", "parley:acceptAfter=\"after\"");
    assertThat(played.fire("go").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
  }

  @Test
  void an_exchange_that_a_sub_process_took_is_the_process_s() {
    var played =
        Played.begun(
                Desk.compile(
                    noneStart("start"),
                    subProcess("sub", noneStart("in"), takes("t", "check"), path("in", "t")),
                    timer("w", "PT1H"),
                    answers("r", "check"),
                    end("e"),
                    path("start", "sub", "w", "r", "e")))
            .take(Desk.message(1, "check", "7"));
    assertThat(open(played)).containsExactly(1L);
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, reply("checkAnswer", "r")));
  }

  private static final String CHECKED =
      anyEvent("startEvent", "again", Desk.message("check", "check"), "isInterrupting=\"false\"");

  private static ExecutableProcess withEventSubProcess(String... inside) {
    return Desk.compile(
        starts("s", "check"),
        timer("w", "PT1H"),
        answers("outer", "check"),
        end("e"),
        path("s", "w", "outer", "e"),
        eventSubProcess(
            "event", CHECKED, timer("x", "PT10M"), String.join("", inside), path("again", "x")));
  }

  @Test
  void a_reply_answers_the_innermost_exchange() {
    var played =
        Played.by(
                Desk.message(1, "check", "7"),
                withEventSubProcess(answers("inner", "check"), path("x", "inner")))
            .take(Desk.message(2, "check", "7"));
    assertThat(open(played)).containsExactly(1L, 2L);
    assertThat(played.fire("x").answered())
        .containsExactly(entry(2L, reply("checkAnswer", "inner")));
    assertThat(played.fire("w").answered())
        .containsExactly(entry(1L, reply("checkAnswer", "outer")));
  }

  @Test
  void a_reply_outside_never_answers_what_an_event_sub_process_took() {
    var played =
        Played.by(Desk.message(1, "check", "7"), withEventSubProcess())
            .take(Desk.message(2, "check", "7"))
            .fire("w");
    assertThat(played.answered()).containsExactly(entry(1L, reply("checkAnswer", "outer")));
    assertThat(open(played)).containsExactly(2L);
    assertThat(kind(played.fire("x").answered().get(2L))).isEqualTo(FaultKind.MISSING_REPLY);
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void an_event_sub_process_that_ends_with_an_open_exchange_answers_missing_reply() {
    var played =
        Played.by(Desk.message(1, "check", "7"), withEventSubProcess())
            .take(Desk.message(2, "check", "7"))
            .fire("x");
    assertThat(kind(played.answered().get(2L))).isEqualTo(FaultKind.MISSING_REPLY);
    assertThat(open(played)).containsExactly(1L);
  }

  private static final String A = "parley:messageExchange=\"a\"";
  private static final String B = "parley:messageExchange=\"b\"";

  @Test
  void a_reply_answers_the_exchange_of_its_name() {
    var played =
        Played.begun(
                Desk.compile(
                    noneStart("start"),
                    takes("one", "check", A),
                    takes("two", "check", B),
                    answers("second", "check", B),
                    timer("w", "PT1H"),
                    answers("first", "check", A),
                    end("e"),
                    path("start", "one", "two", "second", "w", "first", "e")))
            .take(Desk.message(1, "check", "7"))
            .take(Desk.message(2, "check", "7"));
    assertThat(played.answered()).containsExactly(entry(2L, reply("checkAnswer", "second")));
    assertThat(played.fire("w").answered())
        .containsExactly(entry(1L, reply("checkAnswer", "first")));
  }

  @Test
  void a_reply_of_another_name_is_missing_request() {
    var played =
        by(
            "check",
            starts("s", "check", A),
            answers("r", "check", B),
            end("e"),
            path("s", "r", "e"));
    assertThat(played.incidents()).containsExactly("{urn:parley:1}MissingRequest");
    assertThat(kind(played.answered().get(1L))).isEqualTo(FaultKind.PROCESS_FAILED);
  }

  @Test
  void a_reply_answers_the_participant_that_its_message_flow_leads_to() {
    var played =
        Played.begun(
                Desk.compile(
                    flow("peer", "one"),
                    flow("other", "two"),
                    flow("second", "other"),
                    flow("first", "peer"),
                    noneStart("start"),
                    takes("one", "check"),
                    takes("two", "check"),
                    answers("second", "check"),
                    timer("w", "PT1H"),
                    answers("first", "check"),
                    end("e"),
                    path("start", "one", "two", "second", "w", "first", "e")))
            .take(Desk.message(1, "check", "7"))
            .take(Desk.message(2, "check", "7"));
    assertThat(played.answered()).containsExactly(entry(2L, reply("checkAnswer", "second")));
    assertThat(played.fire("w").answered())
        .containsExactly(entry(1L, reply("checkAnswer", "first")));
  }

  private static boolean secondConflicts(String... drawing) {
    var process = Desk.compile(drawing);
    var played = Played.begun(process).take(Desk.message(1, "check", "7"));
    var second =
        played.instance().catches().stream()
            .filter(c -> c.node() == played.node("two"))
            .findFirst()
            .orElseThrow();
    return Exchanges.conflicts(process, played.instance(), second);
  }

  private static boolean conflicts(String oneIs, String twoIs, String... flows) {
    return secondConflicts(
        String.join("", flows),
        noneStart("start"),
        takes("one", "check", oneIs),
        takes("two", "check", twoIs),
        answers("r", "check", A),
        end("e"),
        path("start", "one", "two", "r", "e"));
  }

  @Test
  void a_second_request_conflicts_unless_it_differs_by_name_or_participant() {
    assertThat(conflicts("", "")).isTrue();
    assertThat(conflicts(A, A)).isTrue();
    assertThat(conflicts(A, B)).isFalse();
    assertThat(conflicts("", "", flow("peer", "one"), flow("peer", "two"))).isTrue();
    assertThat(conflicts("", "", flow("peer", "one"), flow("other", "two"))).isFalse();
  }

  @Test
  void a_second_request_does_not_conflict_with_one_that_was_answered() {
    assertThat(
            secondConflicts(
                noneStart("start"),
                takes("one", "check"),
                answers("r", "check"),
                takes("two", "check"),
                end("e"),
                path("start", "one", "r", "two", "e")))
        .isFalse();
  }

  @Test
  void a_second_request_in_a_sub_process_conflicts_but_not_in_an_event_sub_process() {
    assertThat(
            secondConflicts(
                noneStart("start"),
                takes("one", "check"),
                subProcess("sub", noneStart("in"), takes("two", "check"), path("in", "two")),
                answers("r", "check"),
                path("start", "one", "sub", "r")))
        .isTrue();
    assertThat(
            secondConflicts(
                noneStart("start"),
                takes("one", "check"),
                timer("w", "PT1H"),
                answers("r", "check"),
                path("start", "one", "w", "r"),
                eventSubProcess(
                    "event",
                    anyEvent("startEvent", "two", Desk.message("check", "check")),
                    end("e"),
                    path("two", "e"))))
        .isFalse();
  }

  @Test
  void the_rounds_of_a_loop_do_not_conflict() {
    var process =
        Desk.compile(
            noneStart("start"),
            looping(
                subProcess(
                    "each",
                    noneStart("in"),
                    takes("two", "check"),
                    timer("go", "PT1H"),
                    answers("r", "check"),
                    path("in", "two", "go", "r")),
                TWICE),
            path("start", "each"));
    var played = Played.begun(process).take(Desk.message(1, "check", "7"));
    assertThat(played.instance().catches())
        .singleElement()
        .satisfies(c -> assertThat(Exchanges.conflicts(process, played.instance(), c)).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_reply_and_a_fault_reply_each_close_their_exchange_and_the_instance_goes_on(
      String operation) {
    var drawing = List.of(starts("s", operation), timer("w", "PT1H"), path("s", "r", "w"));
    assertThat(
            by(operation, drawing.get(0), drawing.get(1), drawing.get(2), answers("r", operation))
                .answers())
        .containsExactly(reply(operation + "Answer", "r"));
    var faulted =
        by(operation, drawing.get(0), drawing.get(1), drawing.get(2), faults("r", operation));
    assertThat(faulted.answers())
        .containsExactly(
            new Answer.Faulted(
                new Fault.Declared(
                    Desk.fault(operation),
                    Desk.body(operation + "Fault", "r"),
                    operation + "Fault")));
    assertThat(faulted.waiting()).containsExactly("w");
    assertThat(open(faulted)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"look", "remind"})
  void an_optional_exchange_is_empty_when_the_instance_ends(String operation) {
    var played = by(operation, starts("s", operation), timer("w", "PT1H"), path("s", "w"));
    assertThat(open(played)).containsExactly(1L);
    assertThat(played.fire("w").answered()).containsExactly(entry(1L, Answer.ACCEPTED));
  }

  @Test
  void the_answer_of_an_output_first_operation_is_missing_when_the_instance_ends() {
    var played = by("offer", starts("s", "offer"), timer("w", "PT1H"), path("s", "w"));
    assertThat(kind(played.fire("w").answered().get(1L))).isEqualTo(FaultKind.MISSING_REPLY);
  }

  @Test
  void an_uncaught_error_faults_every_open_exchange() {
    var played =
        Played.begun(
                Desk.compile(
                    noneStart("start"),
                    takes("one", "check"),
                    takes("two", "look"),
                    takes("three", "note", "parley:acceptAfter=\"never\""),
                    timer("w", "PT1H"),
                    parallel("g"),
                    errorEnd("e", "checkError", payload("<d:checkFault/>")),
                    end("never"),
                    path("start", "one", "two", "three", "w", "g", "e"),
                    path("g", "never")))
            .take(Desk.message(1, "check", "7"))
            .take(Desk.message(2, "look", "7"))
            .take(Desk.message(3, "note", "7"))
            .fire("w");
    var answers = played.answered();
    assertThat(answers).containsOnlyKeys(1L, 2L, 3L);
    assertThat(answers.get(1L))
        .isInstanceOfSatisfying(
            Answer.Faulted.class, f -> assertThat(f.fault()).isInstanceOf(Fault.Declared.class));
    assertThat(kind(answers.get(2L))).isEqualTo(FaultKind.PROCESS_FAILED);
    assertThat(kind(answers.get(3L))).isEqualTo(FaultKind.PROCESS_FAILED);
    assertThat(played.incidents()).as("two were not told why").hasSize(1);
    assertThat(played.instance().exchanges()).isEmpty();
  }

  @Test
  void a_reply_bears_the_header_blocks_that_its_model_makes() {
    var played =
        by(
            "check",
            starts("s", "check"),
            answers("r", "check", "parley:headers=\"(&lt;d:one>1&lt;/d:one>, &lt;d:two/>)\""),
            end("e"),
            path("s", "r", "e"));
    assertThat(played.answers())
        .containsExactly(
            new Answer.Reply(
                Desk.body("checkAnswer", "r"),
                List.of(
                    Body.of("<d:one xmlns:d=\"urn:example:desk\">1</d:one>"),
                    Body.of("<d:two xmlns:d=\"urn:example:desk\"/>"))));
  }
}
