package dev.parley.engine;

import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.call;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.errorEnd;
import static dev.parley.model.Drawing.escalation;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.terminate;
import static dev.parley.model.Drawing.timer;
import static dev.parley.model.Drawing.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.model.Shop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** User tasks, call activities, and the data that they are given and leave. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ActivitiesTest {
  private static final InstanceId CALLED = new InstanceId(1001);
  private static final InstanceId CALLER = new InstanceId(5);

  private static Input completed(Played played, Map<String, Value> data) {
    int token = played.instance().tokens().getFirst().id();
    return new Input.Completed(token, new TreeMap<>(data));
  }

  private static Input returned(Map<String, Value> data) {
    return new Input.Returned(CALLED, new TreeMap<>(data));
  }

  private static ExecutableProcess approving() {
    return Shop.compile(
        "",
        noneStart("start"),
        script("write", "'a note'", "parley:result=\"noteData\""),
        userTask("approve", "question<noteData", "answer>noteData"),
        boundaryError("wrong", "approve", "", ""),
        timer("next", "PT1H"),
        timer("corrected", "PT1H"),
        path("start", "write", "approve", "next"),
        path("wrong", "corrected"));
  }

  @Test
  void a_user_task_waits_with_its_data_and_leaves_what_its_completion_gives() {
    var played = Played.begun(approving());

    assertThat(played.instance().tokens().getFirst().waiting())
        .isEqualTo(
            new Waiting.ForCompletion(
                Played.NOON, new TreeMap<>(Map.of("question", Value.text("a note")))));

    played.step(completed(played, Map.of("answer", Value.text("yes"))));
    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.item("note")).isEqualTo("yes");
  }

  @Test
  void a_completion_without_what_the_task_has_to_leave_is_an_error() {
    var played = Played.begun(approving());
    played.step(completed(played, Map.of()));
    assertThat(played.waiting()).containsExactly("corrected");
  }

  @Test
  void a_user_task_that_was_interrupted_cannot_be_completed() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                userTask("approve"),
                boundaryTimer("late", "approve", "PT1H", true),
                timer("next", "PT1H"),
                path("start", "approve", "next"),
                path("late", "next")));
    var completion = completed(played, Map.of());
    played.after(Duration.ofHours(1)).fire("late");
    var before = played.instance().tokens();

    played.step(completion);
    assertThat(played.instance().tokens()).isEqualTo(before);
  }

  @Test
  void a_script_calls_its_data_inputs_by_their_names() {
    var script =
        "<scriptTask id=\"sum\" scriptFormat=\"application/xquery\""
            + " parley:result=\"noteData\"><ioSpecification><dataInput id=\"in_a\" name=\"a\"/>"
            + "<inputSet><dataInputRefs>in_a</dataInputRefs></inputSet><outputSet/></ioSpecification>"
            + "<dataInputAssociation><sourceRef>noteData</sourceRef><targetRef>in_a</targetRef><transformation>number($note)"
            + " * 2</transformation></dataInputAssociation><script>$a + 1</script></scriptTask>";
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                script("write", "20", "parley:result=\"noteData\""),
                script,
                timer("next", "PT1H"),
                path("start", "write", "sum", "next")));
    assertThat(played.item("note")).isEqualTo("41");
  }

  private static String assign(String from, String to) {
    return "<assignment><from xsi:type=\"tFormalExpression\">%s</from><to xsi:type=\"tFormalExpression\">%s</to></assignment>"
        .formatted(from, to);
  }

  /** A user task that writes into the note, which holds {@code <n a="1"><b>x</b><c/></n>}. */
  private static Played assigning(String... assignments) {
    var task =
        "<userTask id=\"edit\"><ioSpecification><dataOutput id=\"out\" name=\"new\"/><inputSet/>"
            + "<outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>"
            + "<dataOutputAssociation><sourceRef>out</sourceRef><targetRef>noteData</targetRef>"
            + String.join("", assignments)
            + "</dataOutputAssociation></userTask>";
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                script(
                    "write",
                    "<o:n a='1'>0<o:b>x</o:b>{<o:c p='q'>y</o:c>}</o:n>",
                    "parley:result=\"noteData\""),
                task,
                boundaryError("failed", "edit", ""),
                timer("next", "PT1H"),
                timer("repair", "PT1H"),
                path("start", "write", "edit", "next"),
                path("failed", "repair")));
    var given = Value.xml(Body.of("<o:w xmlns:o=\"urn:example:shop\" v=\"5\">six<o:z/></o:w>"));
    return played.step(completed(played, Map.of("new", given)));
  }

  private static String note(Played played) {
    var note = played.instance().items().values().iterator().next();
    return new String(note.asBody().bytes(), StandardCharsets.UTF_8)
        .replaceAll(" xmlns(:[a-z]+)?=\"[^\"]*\"", "");
  }

  @Test
  void assignments_replace_the_content_of_an_element_an_attribute_and_a_text() {
    var played =
        assigning(
            assign("o:w/@v", "o:n/@a"),
            assign("o:w", "$note/o:c"),
            assign("'text'", "getDataObject('note')/o:b"),
            assign("7", "o:n/text()"));
    assertThat(played.waiting()).containsExactly("next");
    assertThat(note(played))
        .isEqualTo("<o:n a=\"5\">7<o:b>text</o:b><o:c v=\"5\">six<o:z/></o:c></o:n>");
  }

  @Test
  void an_assignment_to_the_whole_target_replaces_it() {
    assertThat(note(assigning(assign("o:w/o:z", ".")))).isEqualTo("<o:z/>");
    assertThat(note(assigning(assign("o:w", "$note")))).isEqualTo("<o:w v=\"5\">six<o:z/></o:w>");
  }

  @Test
  void assignments_may_name_their_target_by_id_and_see_what_was_assigned_before() {
    var played = assigning(assign("'one'", "$noteData/o:b"), assign("'two'", "$noteData/o:c"));
    assertThat(note(played)).isEqualTo("<o:n a=\"1\">0<o:b>one</o:b><o:c p=\"q\">two</o:c></o:n>");
  }

  @Test
  void several_items_cannot_be_assigned_to_one_node() {
    assertThat(assigning(assign("('a', 'b')", "o:n/o:b")).waiting()).containsExactly("repair");
  }

  @Test
  void an_assignment_to_nothing_or_to_several_nodes_is_an_error() {
    assertThat(assigning(assign("1", "o:n/o:nothing")).waiting()).containsExactly("repair");
    assertThat(assigning(assign("1", "o:n/*")).waiting()).containsExactly("repair");
    assertThat(assigning(assign("1", "$question/o:orderId")).waiting()).containsExactly("repair");
  }

  @Test
  void a_message_is_made_by_a_transformation_and_assignments() {
    var task =
        "<sendTask id=\"tell\" operationRef=\"tns:op_tell\"><ioSpecification><dataInput id=\"in\"/>"
            + "<inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/></ioSpecification>"
            + "<dataInputAssociation><targetRef>in</targetRef>"
            + "<transformation>&lt;b:receipt>?&lt;/b:receipt></transformation>"
            + assign("'paid'", "b:receipt")
            + "</dataInputAssociation></sendTask>";
    var played = Played.begun(Shop.compile("", noneStart("start"), task, path("start", "tell")));
    assertThat(played.effects())
        .first()
        .matches(e -> e instanceof Effect.Send send && send.body().toString().contains(">paid<"));
  }

  private static ExecutableProcess calling(String... more) {
    var drawing =
        new String[] {
          noneStart("start"),
          script("write", "'tea'", "parley:result=\"noteData\""),
          call("ship", "shipping", "note<noteData", "label>noteData"),
          boundaryError("failed", "ship", "", "parley:result=\"receiptData\""),
          timer("next", "PT1H"),
          timer("repair", "PT1H"),
          path("start", "write", "ship", "next"),
          path("failed", "repair"),
          String.join("", more)
        };
    return Shop.compile("", drawing);
  }

  @Test
  void a_call_activity_begins_the_called_process_with_its_data_and_waits() {
    var played = Played.begun(calling());
    assertThat(played.effects())
        .containsExactly(
            new Effect.Call(
                CALLED, "shipping", 0, new TreeMap<>(Map.of("note", Value.text("tea")))));
    assertThat(played.waiting()).containsExactly("ship");
  }

  @Test
  void what_the_called_process_gives_is_kept_by_name_and_the_rest_is_left() {
    var played = Played.begun(calling());
    played.step(returned(Map.of("label", Value.text("L1"), "other", Value.text("x"))));
    assertThat(played.waiting()).containsExactly("next");
    assertThat(played.item("note")).isEqualTo("L1");
  }

  @Test
  void an_error_of_the_called_process_rises_in_the_call_activity() {
    var played = Played.begun(calling());
    var error = new Fault.Declared(new QName("lost"), Shop.receipt("why"), "lost");
    played.step(new Input.CallFailed(CALLED, error));
    assertThat(played.waiting()).containsExactly("repair");
    assertThat(played.item("receipt")).isEqualTo("why");
  }

  @Test
  void what_another_instance_returns_is_not_for_this_call() {
    var played = Played.begun(calling());
    played.step(new Input.Returned(new InstanceId(9), new TreeMap<>()));
    assertThat(played.waiting()).containsExactly("ship");
  }

  @Test
  void an_escalation_of_the_called_process_is_caught_on_the_boundary_while_the_call_goes_on() {
    var played =
        Played.begun(
            calling(
                anyEvent(
                    "boundaryEvent",
                    "slowly",
                    escalation("slow"),
                    "attachedToRef=\"ship\" cancelActivity=\"false\""),
                timer("warned", "PT1H"),
                path("slowly", "warned")));
    played.step(new Input.CallEscalated(CALLED, "slow", Body.EMPTY));
    assertThat(played.waiting()).containsExactlyInAnyOrder("ship", "warned");
  }

  @Test
  void a_call_that_is_interrupted_cancels_what_it_called() {
    var played =
        Played.begun(calling(boundaryTimer("late", "ship", "PT1H", true), path("late", "repair")));
    played.after(Duration.ofHours(1)).fire("late");
    assertThat(played.effects()).containsExactly(new Effect.Tell(CALLED, new Input.Cancelled()));
    assertThat(played.waiting()).containsExactly("repair");
  }

  @Test
  void each_instance_of_a_loop_calls_a_process_of_its_own() {
    var loop =
        "<multiInstanceLoopCharacteristics><loopCardinality"
            + " xsi:type=\"tFormalExpression\">3</loopCardinality>"
            + "</multiInstanceLoopCharacteristics>";
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                looping(call("ship", "shipping"), loop),
                timer("next", "PT1H"),
                path("start", "ship", "next")));
    assertThat(played.effects()).hasSize(3).allMatch(Effect.Call.class::isInstance);

    for (long id : new long[] {1002, 1001, 1003}) {
      played.step(new Input.Returned(new InstanceId(id), new TreeMap<>()));
    }
    assertThat(played.waiting()).containsExactly("next");
  }

  @Test
  void an_error_without_data_leaves_the_data_object_as_it_was() {
    var failing =
        Shop.compile(
            "",
            noneStart("start"),
            script("write", "<b:receipt>old</b:receipt>", "parley:result=\"receiptData\""),
            call("ship", "shipping"),
            boundaryError("failed", "ship", "", "parley:result=\"receiptData\""),
            timer("repair", "PT1H"),
            path("start", "write", "ship"),
            path("failed", "repair"));
    var error = new Fault.Declared(new QName("lost"), Body.EMPTY, "lost");
    var played = Played.begun(failing).step(new Input.CallFailed(CALLED, error));
    assertThat(played.waiting()).containsExactly("repair");
    assertThat(played.item("receipt")).isEqualTo("old");
  }

  @Test
  void a_required_input_that_is_unset_is_an_error() {
    var played =
        Played.begun(
            Shop.compile(
                "",
                noneStart("start"),
                call("ship", "shipping", "note<noteData"),
                boundaryError("failed", "ship", ""),
                timer("repair", "PT1H"),
                path("start", "ship"),
                path("failed", "repair")));
    assertThat(played.waiting()).containsExactly("repair");
  }

  private static Played called(String... drawing) {
    return Played.called(
        Shop.other("shipping", drawing), CALLER, Map.of("note", Value.text("tea")));
  }

  @Test
  void a_called_process_gives_its_data_objects_when_it_has_ended() {
    var played = called(noneStart("start"), end("end"), path("start", "end"));
    assertThat(played.status()).isEqualTo(Status.COMPLETED);
    assertThat(played.effects())
        .containsExactly(
            new Effect.Tell(
                CALLER,
                new Input.Returned(
                    played.instance().id(), new TreeMap<>(Map.of("note", Value.text("tea"))))));
  }

  @Test
  void a_called_process_with_data_inputs_and_outputs_takes_and_gives_only_these() {
    var played =
        called(
            "<ioSpecification><dataInput id=\"in\" name=\"note2\"/><dataOutput id=\"out\""
                + " name=\"label\"/><inputSet><optionalInputRefs>in</optionalInputRefs></inputSet>"
                + "<outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>",
            noneStart("start"),
            script("label_it", "'L' || count($note2)", "parley:result=\"out\""),
            path("start", "label_it"));
    assertThat(played.effects())
        .containsExactly(
            new Effect.Tell(
                CALLER,
                new Input.Returned(
                    played.instance().id(), new TreeMap<>(Map.of("label", Value.text("L0"))))));
  }

  @Test
  void a_terminate_end_event_is_an_end_of_the_called_process_too() {
    var played = called(noneStart("start"), terminate("stop"), path("start", "stop"));
    assertThat(played.effects()).hasSize(1).allMatch(Effect.Tell.class::isInstance);
  }

  @Test
  void an_uncaught_error_of_a_called_process_is_told_to_its_caller_and_is_no_incident() {
    var played = called(noneStart("start"), errorEnd("lost", "plain"), path("start", "lost"));
    assertThat(played.status()).isEqualTo(Status.FAULTED);
    assertThat(played.incidents()).isEmpty();
    assertThat(played.effects())
        .hasSize(1)
        .first()
        .matches(e -> e instanceof Effect.Tell(var to, Input.CallFailed _) && to.equals(CALLER));
  }

  @Test
  void an_uncaught_escalation_of_a_called_process_is_told_to_its_caller() {
    var played =
        called(
            noneStart("start"),
            anyEvent("intermediateThrowEvent", "slow", escalation("slow"), ""),
            timer("wait", "PT1H"),
            path("start", "slow", "wait"));
    assertThat(played.effects())
        .containsExactly(
            new Effect.Tell(
                CALLER, new Input.CallEscalated(played.instance().id(), "slow", Body.EMPTY)));
    assertThat(played.waiting()).containsExactly("wait");
  }

  @Test
  void a_cancelled_process_ends_and_gives_nothing() {
    var played = called(noneStart("start"), timer("wait", "PT1H"), path("start", "wait"));
    played.step(new Input.Cancelled());
    assertThat(played.status()).isEqualTo(Status.TERMINATED);
    assertThat(played.effects()).isEmpty();
  }
}
