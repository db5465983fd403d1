package dev.parley.engine;

import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.boundaryError;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.expression.EndpointReferences;
import dev.parley.message.EndpointReference;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.model.Desk;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Instances that hand out an endpoint reference of their own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversingTest {
  /** The port is computed, so that a deployment cannot know it. */
  private static ExecutableProcess telling(String port) {
    return Desk.compile(
        noneStart("start"),
        script("make", "parley:own-endpoint(string('" + port + "'))", "parley:result=\"note\""),
        takes("t", "note"),
        timer("w", "PT1H"),
        boundaryError("unsound", "make", "failedExpression"),
        timer("u", "PT1H"),
        path("start", "make", "t", "w"),
        path("unsound", "u"));
  }

  private static EndpointReference own(ProcessInstance instance, int item) {
    return EndpointReferences.of(
        Objects.requireNonNull(instance.scopes().getFirst().items().get(item)));
  }

  private static int note(ExecutableProcess process) {
    return process.items().stream()
        .filter(i -> i.name().equals("note"))
        .findFirst()
        .orElseThrow()
        .index();
  }

  private static ProcessInstance instance(ExecutableProcess process, long id) {
    var ids = new AtomicLong(1000);
    return new Engine()
        .start(
            process,
            new InstanceId(id),
            3,
            new Input.Begun(Played.begun(process).node("start"), new TreeMap<>(), null),
            new Moment(Played.NOON, ids::incrementAndGet))
        .instance();
  }

  private static List<String> conversation(ExecutableProcess process, ProcessInstance instance) {
    int key = process.conversation().orElseThrow().index();
    return Objects.requireNonNull(instance.keys().values().get(key));
  }

  @Test
  void an_endpoint_reference_leads_back_by_a_parameter_that_is_a_key_of_the_instance() {
    var process = telling("desk");
    var instance = instance(process, 77);
    var own = own(instance, note(process));
    assertThat(own.address())
        .isEqualTo(process.provided().getFirst().address())
        .endsWith("/services/sell/desk");
    assertThat(own.parameters())
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.toString())
                    .contains(">" + conversation(process, instance).getFirst() + "<"));
  }

  @Test
  void two_instances_have_two_endpoint_references() {
    var process = telling("desk");
    var one = instance(process, 77);
    var two = instance(process, 78);
    assertThat(own(one, note(process))).isNotEqualTo(own(two, note(process)));
    assertThat(conversation(process, one)).isNotEqualTo(conversation(process, two));
  }

  @Test
  void the_parameter_does_not_tell_the_number_of_the_instance() {
    var process = telling("desk");
    var instance = instance(process, 77);
    assertThat(conversation(process, instance).getFirst())
        .doesNotContain(instance.id().toString())
        .doesNotContain("77");
  }

  @Test
  void an_instance_has_its_conversation_before_anything_asks_for_its_endpoint() {
    var played =
        Played.by(
            Desk.message(1, "note", "7"),
            Desk.compile(
                starts("s", "note"),
                timer("w", "PT1H"),
                script("make", "parley:own-endpoint('desk')", "parley:result=\"note\""),
                end("e"),
                path("s", "w", "make", "e")));
    assertThat(played.instance().keys().values()).hasSize(2);
  }

  @Test
  void a_process_that_never_asks_has_no_such_key() {
    var process = Desk.compile(noneStart("start"), timer("w", "PT1H"), path("start", "w"));
    assertThat(process.conversation()).isEmpty();
    assertThat(Played.begun(process).instance().keys()).isEqualTo(KeySet.NONE);
  }

  @Test
  void a_port_that_the_process_has_not_is_expression_failed() {
    assertThat(Played.begun(telling("orders")).waiting()).containsExactly("u");
  }

  @Test
  void a_message_that_comes_back_is_taken_in_the_conversation() {
    var process = telling("desk");
    var played = Played.begun(process);
    var key = process.conversation().orElseThrow().index();
    var values = played.instance().keys();
    var back = Desk.message(5, "note", "7");
    played.knows(back);
    var caught = played.instance().catches().getFirst();
    played.step(new Input.Received(caught.id(), back, played.keys(back).and(values)));
    assertThat(played.waiting()).containsExactly("w");
    assertThat(played.instance().keys().values()).containsKey(key).hasSize(2);
    assertThat(played.answered()).containsOnlyKeys(new MessageId(5).value());
  }
}
