package dev.parley.turn;

import static dev.parley.model.Drawing.anyEvent;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.boundaryTimer;
import static dev.parley.model.Drawing.call;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.errorEnd;
import static dev.parley.model.Drawing.escalation;
import static dev.parley.model.Drawing.exclusive;
import static dev.parley.model.Drawing.looping;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.timer;
import static dev.parley.model.Drawing.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.model.Drawing;
import dev.parley.model.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that call each other, and people who complete tasks, in the store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CallsTest {
  @TempDir private Path folder;

  private static ExecutableProcess selling(String called) {
    return Shop.compile(
        "",
        noneStart("start"),
        script("write", "'tea'", "parley:result=\"noteData\""),
        call("ship", called, "note<noteData", "note>noteData"),
        boundaryError("failed", "ship", ""),
        boundaryTimer("late", "ship", "P1D", true),
        userTask("look", "note<noteData"),
        timer("repair", "PT1H"),
        path("start", "write", "ship", "look"),
        path("late", "repair"),
        path("failed", "repair"));
  }

  private static ExecutableProcess shipping() {
    return Shop.other(
        "shipping",
        noneStart("start"),
        timer("travel", "PT1H"),
        script("label", "'L-' || $note", "parley:result=\"noteData\""),
        path("start", "travel", "label"));
  }

  private static List<UserTasks.Open> tasks(House house) {
    return house.userTasks().list("sell", new InstanceId(0), 0, 10);
  }

  private static InstanceId start(House house) {
    return start(house, Map.of());
  }

  private static InstanceId start(House house, Map<String, Value> data) {
    var id = new InstanceId(house.ids().getAsLong());
    assertThat(house.turn(new TurnInput.Start("sell", id, new TreeMap<>(data))))
        .isEqualTo(Answer.ACCEPTED);
    return id;
  }

  @Test
  void a_process_calls_another_one_gives_it_data_and_gets_its_data_back() throws Exception {
    try (var house = House.of(folder, selling("shipping")).deploy(shipping())) {
      var _ = start(house);
      assertThat(house.waitingIn("shipping")).containsExactly("travel");

      house.restart().after(Duration.ofHours(1)).ring();

      assertThat(house.instances("shipping"))
          .extracting(ProcessInstance::status)
          .containsExactly(Status.COMPLETED);
      var task = tasks(house).getFirst();
      assertThat(task.data()).isEqualTo(Map.of("note", Value.text("L-tea")));
    }
  }

  @Test
  void a_process_that_does_not_wait_returns_in_the_turn_that_called_it() throws Exception {
    var called = Shop.other("shipping", noneStart("start"), end("end"), path("start", "end"));
    try (var house = House.of(folder, selling("shipping")).deploy(called)) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("look");
    }
  }

  @Test
  void a_call_of_a_process_that_is_not_deployed_is_an_error_in_the_caller() throws Exception {
    try (var house = House.of(folder, selling("nowhere"))) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("repair");
    }
  }

  @Test
  void a_call_with_data_that_the_process_does_not_have_is_an_error_in_the_caller()
      throws Exception {
    var called =
        Shop.other(
            "shipping",
            "<ioSpecification><dataInput id=\"in\""
                + " name=\"weight\"/><inputSet/><outputSet/></ioSpecification>",
            noneStart("start"),
            script("weigh", "$weight", "parley:result=\"noteData\""),
            path("start", "weigh"));
    try (var house = House.of(folder, selling("shipping")).deploy(called)) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("repair");
      assertThat(house.instances("shipping")).isEmpty();
    }
  }

  @Test
  void an_error_that_the_called_process_does_not_catch_rises_in_the_caller() throws Exception {
    var called =
        Shop.other(
            "shipping", noneStart("start"), errorEnd("lost", "plain"), path("start", "lost"));
    try (var house = House.of(folder, selling("shipping")).deploy(called)) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("repair");
      assertThat(house.count("openIncidents")).isZero();
    }
  }

  @Test
  void who_gives_up_a_call_ends_the_called_process() throws Exception {
    var slow =
        Shop.other("shipping", noneStart("start"), timer("travel", "P9D"), path("start", "travel"));
    try (var house = House.of(folder, selling("shipping")).deploy(slow)) {
      var _ = start(house);
      house.after(Duration.ofDays(1)).ring();

      assertThat(house.waitingIn("sell")).containsExactly("repair");
      assertThat(house.instances("shipping"))
          .extracting(ProcessInstance::status)
          .containsExactly(Status.TERMINATED);
      assertThat(house.store().dueTimers(House.NOON.plus(Duration.ofDays(30)), 10)).hasSize(1);
    }
  }

  @Test
  void a_process_that_calls_itself_for_ever_is_stopped_within_its_turn() throws Exception {
    var endless =
        Shop.compile("", noneStart("start"), call("again", "sell"), path("start", "again"));
    try (var house = House.of(folder, endless)) {
      var _ = start(house);
      assertThat(house.instances("sell")).hasSize(501).noneMatch(ProcessInstance::isLive);
      assertThat(house.count("openIncidents")).isEqualTo(1);
    }
  }

  @Test
  void a_call_that_fails_and_is_tried_again_for_ever_is_stopped_within_its_turn() throws Exception {
    var stubborn =
        Shop.compile(
            "",
            noneStart("start"),
            call("again", "nowhere"),
            boundaryError("failed", "again", ""),
            exclusive("merge", ""),
            path("start", "merge", "again"),
            path("failed", "merge"));
    try (var house = House.of(folder, stubborn)) {
      var _ = start(house);
      assertThat(house.instances("sell"))
          .extracting(ProcessInstance::status)
          .containsExactly(Status.FAULTED);
      assertThat(house.count("openIncidents")).isEqualTo(1);
    }
  }

  @Test
  void many_instances_of_a_call_end_in_one_turn() throws Exception {
    var loop =
        "<multiInstanceLoopCharacteristics><loopCardinality xsi:type=\"tFormalExpression\">1200"
            + "</loopCardinality></multiInstanceLoopCharacteristics>";
    var many =
        Shop.compile(
            "",
            noneStart("start"),
            looping(call("ship", "shipping"), loop),
            timer("next", "PT1H"),
            path("start", "ship", "next"));
    var called = Shop.other("shipping", noneStart("start"), end("end"), path("start", "end"));
    try (var house = House.of(folder, many).deploy(called)) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("next");
    }
  }

  @Test
  void data_of_a_message_is_passed_on_without_the_message_and_replayed_to_the_byte()
      throws Exception {
    var caller =
        Shop.compile(
            "",
            Drawing.start("placed", "place", "parley:result=\"orderData\""),
            call("ship", "shipping", "order<orderData"),
            path("placed", "ship"));
    var called =
        Shop.other(
            "shipping", noneStart("start"), timer("travel", "PT1H"), path("start", "travel"));
    try (var house = House.of(folder, caller).deploy(called)) {
      var _ = house.send("place", "7");
      var instance = house.instances("shipping").getFirst();
      assertThat(instance.ownItems()).hasSize(1);
      assertThat(house.replayed(instance.id())).isEqualTo(instance);
      assertThat(InstanceCodec.encode(house.replayed(instance.id())))
          .isEqualTo(InstanceCodec.encode(instance));
    }
  }

  @Test
  void an_escalated_call_that_fails_when_nobody_waits_for_it_any_more_is_an_incident()
      throws Exception {
    var caller =
        Shop.compile(
            "",
            noneStart("start"),
            call("ship", "shipping"),
            anyEvent("boundaryEvent", "slow", escalation("slow"), "attachedToRef=\"ship\""),
            timer("next", "PT1H"),
            path("start", "ship"),
            path("slow", "next"));
    var called =
        Shop.other(
            "shipping",
            noneStart("start"),
            anyEvent("intermediateThrowEvent", "escalate", escalation("slow"), ""),
            errorEnd("lost", "plain"),
            path("start", "escalate", "lost"));
    try (var house = House.of(folder, caller).deploy(called)) {
      var _ = start(house);
      assertThat(house.waitingIn("sell")).containsExactly("next");
      assertThat(house.count("openIncidents")).isEqualTo(1);
    }
  }

  @Test
  void a_task_whose_deadline_has_passed_is_not_completed() throws Exception {
    var bounded =
        Shop.compile(
            "",
            noneStart("start"),
            userTask("approve"),
            boundaryTimer("late", "approve", "PT1H", true),
            timer("next", "PT1H"),
            timer("missed", "PT1H"),
            path("start", "approve", "next"),
            path("late", "missed"));
    try (var house = House.of(folder, bounded)) {
      var _ = start(house);
      var task = tasks(house).getFirst();
      house.after(Duration.ofHours(2));
      assertThat(House.kind(complete(house, task, Map.of()))).containsExactly(FaultKind.TOO_LATE);
      assertThat(house.waitingIn("sell")).containsExactly("missed");
    }
  }

  @Test
  void the_latest_version_is_called_unless_the_activity_names_one() throws Exception {
    var fixed =
        Shop.compile(
            "",
            noneStart("start"),
            call("ship", "shipping")
                .replace("calledElement", "parley:calledVersion=\"1\" calledElement"),
            path("start", "ship"));
    var next =
        Shop.other("shipping", noneStart("start"), timer("fly", "PT1H"), path("start", "fly"));
    try (var house = House.of(folder, fixed).deploy(shipping()).deploy(next)) {
      var _ = start(house);
      assertThat(house.waitingIn("shipping")).containsExactly("travel");
    }
  }

  private static ExecutableProcess asking() {
    return Shop.compile(
        "",
        noneStart("start"),
        userTask("approve", "note<noteData", "answer>noteData", "payment>paymentData"),
        timer("next", "PT1H"),
        path("start", "approve", "next"));
  }

  private static Answer complete(House house, UserTasks.Open task, Map<String, Value> data) {
    return house.turn(new TurnInput.Complete(task.instance(), task.token(), new TreeMap<>(data)));
  }

  private static final Map<String, Value> DONE =
      Map.of(
          "answer", Value.text("yes"),
          "payment", Value.xml(Shop.body("pay", "7", "")));

  @Test
  void a_process_is_started_with_data_and_its_user_task_completed_once() throws Exception {
    try (var house = House.of(folder, asking())) {
      var id = start(house, Map.of("note", Value.text("hello")));
      var task = tasks(house).getFirst();
      assertThat(task.instance()).isEqualTo(id);
      assertThat(task.data()).isEqualTo(Map.of("note", Value.text("hello")));
      assertThat(house.restart().userTasks().find(id, task.token())).contains(task);

      assertThat(complete(house, task, DONE)).isEqualTo(Answer.ACCEPTED);
      assertThat(house.waitingIn("sell")).containsExactly("next");
      assertThat(tasks(house)).isEmpty();
      assertThat(House.kind(complete(house, task, DONE))).containsExactly(FaultKind.TOO_LATE);
    }
  }

  @Test
  void a_completion_with_missing_unknown_or_wrong_data_is_refused_and_the_task_waits_on()
      throws Exception {
    try (var house = House.of(folder, asking())) {
      var _ = start(house, Map.of("note", Value.text("hello")));
      var task = tasks(house).getFirst();
      for (var wrong :
          new Value[] {Value.text("7"), Value.xml(Shop.body("place", "7", "")), Value.EMPTY}) {
        var data = new TreeMap<>(DONE);
        data.put("payment", wrong);
        assertThat(House.kind(complete(house, task, data)))
            .containsExactly(FaultKind.INVALID_MESSAGE);
      }
      assertThat(House.kind(complete(house, task, Map.of("answer", Value.text("yes")))))
          .containsExactly(FaultKind.INVALID_MESSAGE);
      var unknown = new TreeMap<>(DONE);
      unknown.put("nonsense", Value.text(""));
      assertThat(House.kind(complete(house, task, unknown)))
          .containsExactly(FaultKind.INVALID_MESSAGE);
      assertThat(house.waitingIn("sell")).containsExactly("approve");
    }
  }

  @Test
  void tasks_are_listed_in_pages_of_a_process_and_of_all() throws Exception {
    try (var house = House.of(folder, asking())) {
      for (int i = 0; i < 3; i++) {
        var _ = start(house, Map.of("note", Value.text("hello")));
      }
      var all = house.userTasks().list(UserTasks.OF_ALL, new InstanceId(0), 0, 10);
      assertThat(all).hasSize(3).isEqualTo(tasks(house));
      var first = all.getFirst();
      assertThat(house.userTasks().list("sell", first.instance(), first.token(), 1))
          .containsExactly(all.get(1));
      assertThat(house.userTasks().list("other", new InstanceId(0), 0, 10)).isEmpty();
    }
  }

  @Test
  void a_task_that_never_was_is_unknown() throws Exception {
    try (var house = House.of(folder, asking())) {
      var id = start(house);
      var never = new TurnInput.Complete(id, 999, new TreeMap<>());
      var nobody = new TurnInput.Complete(new InstanceId(1), 1, new TreeMap<>());
      assertThat(House.kind(house.turn(never))).containsExactly(FaultKind.UNKNOWN_CONVERSATION);
      assertThat(House.kind(house.turn(nobody))).containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    }
  }

  @Test
  void a_process_is_not_started_with_data_that_it_does_not_have() throws Exception {
    try (var house = House.of(folder, asking())) {
      var data = new TreeMap<>(Map.of("nonsense", Value.text("")));
      var answer = house.turn(new TurnInput.Start("sell", new InstanceId(5), data));
      assertThat(House.kind(answer)).containsExactly(FaultKind.INVALID_MESSAGE);
      assertThat(house.instances("sell")).isEmpty();
    }
  }
}
