package dev.parley.turn;

import static dev.parley.model.Desk.answers;
import static dev.parley.model.Desk.faults;
import static dev.parley.model.Desk.invokes;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageKind;
import dev.parley.model.Desk;
import dev.parley.store.Rows.OutboxRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an outbound message travels, as a gateway finds it that has just opened the store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DispatchTest {
  private static final String HERE = "parley:endpoint=\"'http://here.test/'\"";

  @TempDir Path folder;

  private record Found(OutboxRow row, Dispatch dispatch) {}

  /** What the process sends first, after a restart. */
  private Found sent(String node) throws Exception {
    var process = Desk.compile(noneStart("start"), node, end("e"), path("start", "a", "e"));
    try (var house = House.of(folder, process)) {
      house.turn(new TurnInput.Start("sell", new InstanceId(1)));
      return restarted(house);
    }
  }

  /** What the process answers, after a restart. */
  private Found answered(ExecutableProcess process, Headers.Via via) throws Exception {
    try (var house = House.of(folder, process)) {
      var there = EndpointReference.of("http://there.test/");
      var headers = new Headers("urn:m1", null, null, there, null, null, Map.of(), via, List.of());
      house.send(Desk.message(house.ids().getAsLong(), "check", "7", headers)).join();
      return restarted(house);
    }
  }

  private static Found restarted(House house) throws Exception {
    var row = house.outbound().getFirst();
    house.restart();
    var found = house.outbox(row.id());
    assertThat(found).isEqualTo(row);
    return new Found(found, house.dispatch(found));
  }

  private static ExecutableProcess answering(String r) {
    return Desk.compile(starts("s", "check"), r, end("e"), path("s", "r", "e"));
  }

  @Test
  void a_message_of_a_node_goes_where_its_model_says() throws Exception {
    var found = sent(sends("a", "check"));
    assertThat(found.row.endpoint()).isEqualTo("http://localhost/desk");
    assertThat(found.dispatch.given()).isFalse();
    assertThat(found.dispatch.isAnswer()).isFalse();
    assertThat(found.dispatch.fault()).isNull();
    assertThat(found.dispatch.operation().name()).isEqualTo(Desk.operation("check"));
    assertThat(Objects.requireNonNull(found.dispatch.contract()).port().name()).isEqualTo("desk");
  }

  @Test
  void a_message_to_an_address_that_the_instance_knows_is_held_to_the_list() throws Exception {
    var found = sent(sends("a", "offer", HERE));
    assertThat(found.row.endpoint()).isEqualTo("http://here.test/");
    assertThat(found.row.message().kind()).isEqualTo(MessageKind.OUTPUT);
    assertThat(found.dispatch.given()).isTrue();
    assertThat(found.dispatch.isAnswer()).isFalse();
    assertThat(Objects.requireNonNull(found.dispatch.contract()).port().name()).isEqualTo("desk");
  }

  @Test
  void an_answer_travels_as_its_request_came() throws Exception {
    var found = answered(answering(answers("r", "check")), new Headers.Via("desk", true));
    assertThat(found.row.endpoint()).isEqualTo("http://there.test/");
    assertThat(found.dispatch.given()).isTrue();
    assertThat(found.dispatch.isAnswer()).isTrue();
    assertThat(found.dispatch.fault()).isNull();
    assertThat(found.dispatch.answerWithin()).isNull();
    assertThat(Objects.requireNonNull(found.dispatch.contract()).port().name()).isEqualTo("desk");
  }

  @Test
  void a_fault_travels_with_its_detail() throws Exception {
    var found = answered(answering(faults("r", "check")), new Headers.Via("desk", false));
    assertThat(found.row.message().kind()).isEqualTo(MessageKind.FAULT);
    assertThat(found.dispatch.fault())
        .isEqualTo(
            new Fault.Declared(Desk.fault("check"), Desk.body("checkFault", "r"), "checkFault"));
  }

  @Test
  void an_answer_whose_port_is_gone_has_no_contract() throws Exception {
    var found = answered(answering(answers("r", "check")), new Headers.Via("former", false));
    assertThat(found.dispatch.contract()).isNull();
  }

  @Test
  void an_answer_is_delivered_by_the_process_s_policy() throws Exception {
    var process =
        Desk.deploy(
                "parley:attempts=\"3\" parley:backoff=\"PT7S\"",
                starts("s", "check"),
                answers("r", "check"),
                end("e"),
                path("s", "r", "e"))
            .processes()
            .getFirst();
    var policy = answered(process, new Headers.Via("desk", false)).dispatch.policy();
    assertThat(policy.attempts()).isEqualTo(3);
    assertThat(policy.backoff()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void only_an_optional_answer_that_has_a_time_may_stay_silent() throws Exception {
    String within = "parley:answerWithin=\"PT30S\"";
    assertThat(sent(invokes("a", "look", within)).dispatch.mayStaySilent()).isTrue();
    assertThat(again(invokes("a", "remind", within, HERE)).mayStaySilent()).isTrue();
    assertThat(again(invokes("a", "look")).mayStaySilent()).isFalse();
    assertThat(again(invokes("a", "check", within)).mayStaySilent()).isFalse();
  }

  private Dispatch again(String node) throws Exception {
    folder = folder.resolve("again");
    return sent(node).dispatch;
  }

  @Test
  void the_time_for_an_answer_bounds_its_delivery_and_never_lengthens_it() throws Exception {
    assertThat(sent(invokes("a", "check", "parley:answerWithin=\"PT30S\"")).dispatch.policy())
        .matches(p -> p.deadline().equals(Duration.ofSeconds(30)));
    assertThat(again(invokes("a", "check", "parley:answerWithin=\"PT9H\"")).policy())
        .matches(p -> p.deadline().equals(Duration.ofHours(1)));
  }
}
