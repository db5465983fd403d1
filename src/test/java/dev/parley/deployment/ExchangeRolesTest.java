package dev.parley.deployment;

import static dev.parley.model.Desk.answers;
import static dev.parley.model.Desk.flow;
import static dev.parley.model.Desk.hears;
import static dev.parley.model.Desk.invokes;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.finding.Finding;
import dev.parley.message.MessageKind;
import dev.parley.model.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which side of an exchange a process is on, and what it may not do there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExchangeRolesTest {
  private static final String HERE = "parley:endpoint=\"'http://here.test/'\"";

  /** Rule and element of each error and warning of a process that goes through nodes in turn. */
  private static List<String> found(String... nodes) {
    return found(Finding::isError, "", chained(nodes));
  }

  private static List<String> warned(String... nodes) {
    return found(f -> !f.isError(), "", chained(nodes));
  }

  private static List<String> found(Predicate<Finding> which, String policies, String... drawing) {
    return Desk.findings(policies, drawing).stream()
        .filter(which)
        .map(BundleUnderTest::summary)
        .filter(s -> !s.startsWith(Rule.UNUSED_DATA_OBJECT) && !s.startsWith(Rule.UNUSED_KEY))
        .toList();
  }

  /** A start, the nodes with the ids a, b, c and so on, and an end. */
  private static String[] chained(String... nodes) {
    var all = new ArrayList<>(List.of(nodes));
    var ids = new ArrayList<String>();
    boolean starts = List.of(nodes).stream().anyMatch(n -> n.startsWith("<startEvent"));
    ids.add("start");
    if (!starts) {
      all.add(noneStart("start"));
    }
    nodes(nodes).stream().filter(id -> !id.equals("start")).forEach(ids::add);
    ids.add("end");
    all.add(end("end"));
    all.add(path(ids.toArray(String[]::new)));
    return all.toArray(String[]::new);
  }

  private static List<String> nodes(String... drawing) {
    return List.of(drawing).stream()
        .filter(n -> !n.startsWith("<messageFlow"))
        .map(n -> n.replaceFirst("(?s).*?id=\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static ExecutableProcess process(String... nodes) {
    return Desk.compile(chained(nodes));
  }

  private static Element element(ExecutableProcess process, String id) {
    return process.nodes().stream()
        .filter(n -> n.id().equals(id))
        .findFirst()
        .orElseThrow()
        .element();
  }

  private static MessageName received(ExecutableProcess process, String id) {
    return element(process, id).receive().orElseThrow().message();
  }

  private static Interaction sent(ExecutableProcess process, String id) {
    return ((Element.SendTask) element(process, id)).interaction();
  }

  private static String bare(String kind, String id, String operation) {
    return "<%s id=\"%s\" operationRef=\"tns:op_%s\"%s/>"
        .formatted(
            kind, id, operation, kind.equals("receiveTask") ? "" : " parley:payload=\"&lt;d:x/>\"");
  }

  private static MessageName name(String operation, MessageKind kind) {
    return new MessageName(Desk.operation(operation), kind);
  }

  @Test
  void a_response_needs_a_node_that_sends_its_request_and_goes_on() {
    assertThat(found(hears("a", "check"))).containsExactly("deployment.response-without-request a");
    assertThat(found(invokes("a", "check"), hears("b", "check")))
        .as("the service task takes its answer itself")
        .containsExactly("deployment.response-without-request b");
    assertThat(found(sends("a", "look"), hears("b", "check")))
        .containsExactly("deployment.response-without-request b");
    assertThat(found(sends("a", "check"), hears("b", "check"))).isEmpty();
  }

  @Test
  void no_instance_starts_with_a_response() {
    var start =
        "<startEvent id=\"start\">" + Desk.message("check", "checkAnswer") + "</startEvent>";
    assertThat(found(start, sends("a", "check")))
        .containsExactly("deployment.response-without-request start");
  }

  @Test
  void a_fault_is_not_received_yet() {
    var fault = hears("b", "check").replace("checkAnswer", "checkFault");
    assertThat(found(sends("a", "check"), fault)).containsExactly("deployment.not-executed b");
  }

  @Test
  void a_reply_names_no_endpoint() {
    assertThat(found(starts("start", "check"), answers("a", "check", HERE)))
        .containsExactly("deployment.reply-endpoint a");
    assertThat(found(starts("start", "check"), answers("a", "check"))).isEmpty();
  }

  @Test
  void a_message_is_accepted_at_an_element_only_where_its_operation_is_robust() {
    for (var operation : List.of("check", "look", "ring", "offer", "remind")) {
      assertThat(found(takes("a", operation, "parley:acceptAfter=\"end\"")))
          .as(operation)
          .containsExactly("deployment.setting a");
    }
    for (var operation : List.of("note", "hand")) {
      var process = process(takes("a", operation, "parley:acceptAfter=\"end\""));
      int end =
          process.nodes().stream()
              .filter(n -> n.id().equals("end"))
              .findFirst()
              .orElseThrow()
              .index();
      assertThat(element(process, "a").receive().orElseThrow().acceptAfter()).isEqualTo(end);
      assertThat(element(process(takes("a", operation)), "a").receive().orElseThrow().acceptAfter())
          .isEqualTo(-1);
    }
  }

  @Test
  void a_send_to_a_robust_operation_cannot_be_told_not_to_wait() {
    for (var operation : List.of("note", "hand")) {
      assertThat(found(sends("a", operation, "parley:delivery=\"nonBlocking\"")))
          .as(operation)
          .containsExactly("deployment.setting a");
      assertThat(found(sends("a", operation, "parley:delivery=\"blocking\""))).isEmpty();
    }
    assertThat(found(sends("a", "ring", "parley:delivery=\"nonBlocking\""))).isEmpty();
  }

  @Test
  void the_element_at_which_a_message_is_accepted_exists() {
    assertThat(found(takes("a", "note", "parley:acceptAfter=\"nowhere\"")))
        .containsExactly("deployment.setting a");
    assertThat(found(takes("a", "note", "parley:acceptAfter=\"desk\"")))
        .as("an id of something else")
        .containsExactly("deployment.setting a");
  }

  @Test
  void only_a_receive_says_where_it_is_accepted() {
    assertThat(found(sends("a", "note", "parley:acceptAfter=\"end\"")))
        .containsExactly("deployment.unknown-setting a");
    assertThat(found(invokes("a", "note", "parley:acceptAfter=\"end\"")))
        .containsExactly("deployment.unknown-setting a");
  }

  @Test
  void a_process_names_the_header_blocks_that_it_understands() {
    var names = "parley:understands=\"{urn:x}a {urn:y}b\"";
    var process = Desk.deploy(names, chained(starts("start", "note"))).processes().getFirst();
    assertThat(process.provided())
        .isNotEmpty()
        .allSatisfy(
            p ->
                assertThat(p.understood())
                    .containsExactlyInAnyOrder(new QName("urn:x", "a"), new QName("urn:y", "b")));
    for (var wrong : List.of("a", "{urn:x}", "{urn:x}a,{urn:y}b", "")) {
      assertThat(
              found(
                  Finding::isError,
                  "parley:understands=\"" + wrong + "\"",
                  chained(starts("start", "note"))))
          .as("'%s'", wrong)
          .containsExactly("deployment.setting sell");
    }
    assertThat(found(takes("a", "note", names))).containsExactly("deployment.unknown-setting a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ring", "hand", "offer", "remind"})
  void a_service_that_sends_first_is_warned_where_nothing_says_whom_to(String operation) {
    assertThat(warned(invokes("a", operation))).contains("deployment.no-endpoint a");
    assertThat(warned(invokes("a", operation, HERE))).doesNotContain("deployment.no-endpoint a");
    assertThat(warned(invokes("a", operation, HERE), invokes("b", operation)))
        .as("the first one says it")
        .doesNotContain("deployment.no-endpoint b");
    assertThat(
            warned(
                flow("peer", "a"), flow("b", "peer"), takes("a", "note"), invokes("b", operation)))
        .as("its participant may say it")
        .doesNotContain("deployment.no-endpoint b");
    assertThat(
            warned(
                flow("peer", "a"), flow("b", "other"), takes("a", "note"), invokes("b", operation)))
        .as("another participant's message says nothing")
        .contains("deployment.no-endpoint b");
  }

  @Test
  void what_others_host_has_the_address_of_its_wsdl() {
    assertThat(warned(invokes("a", "check"))).isEmpty();
    var invoke = ((Element.ServiceTask) element(process(invokes("a", "check")), "a")).invoke();
    assertThat(invoke.partner().destination())
        .isInstanceOfSatisfying(
            Destination.Port.class,
            p -> assertThat(p.address()).isEqualTo("http://localhost/desk"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_response_is_dropped_unless_a_node_takes_it(String operation) {
    assertThat(warned(sends("a", operation, HERE)))
        .containsExactly("deployment.response-dropped a");
    assertThat(warned(sends("a", operation, HERE), hears("b", operation))).isEmpty();
    assertThat(((Interaction.Send) sent(process(sends("a", operation, HERE)), "a")).isAnswered())
        .isFalse();
    var taken = process(sends("a", operation, HERE), hears("b", operation));
    assertThat(((Interaction.Send) sent(taken, "a")).isAnswered()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"note", "hand"})
  void a_robust_message_is_always_sent_blocking(String operation) {
    var send = (Interaction.Send) sent(process(sends("a", operation, HERE)), "a");
    assertThat(send.delivery().blocking()).isTrue();
    var plain = (Interaction.Send) sent(process(sends("a", "check")), "a");
    assertThat(plain.delivery().blocking()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ring", "hand", "offer", "remind"})
  void who_takes_the_first_message_of_an_output_first_operation_consumes_it(String operation) {
    for (var node : List.of(takes("a", operation), bare("receiveTask", "a", operation))) {
      var process = process(node);
      assertThat(received(process, "a")).isEqualTo(name(operation, MessageKind.OUTPUT));
      assertThat(process.provided())
          .singleElement()
          .satisfies(p -> assertThat(operations(p)).containsExactly(operation));
    }
    assertThat(warned(takes("a", operation)))
        .as("the interface's other operations are not its own")
        .noneMatch(w -> w.startsWith(Rule.OPERATION_NOT_RECEIVED));
  }

  private static List<String> operations(ServicePort port) {
    return port.operations().stream().map(o -> o.name().operation()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"offer", "remind"})
  void a_consumer_replies_with_the_input(String operation) {
    for (var reply : List.of(answers("b", operation), bare("sendTask", "b", operation))) {
      var process = process(takes("a", operation), reply);
      assertThat(sent(process, "b"))
          .isInstanceOfSatisfying(Interaction.Reply.class, r -> assertThat(r.fault()).isNull());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ring", "hand", "offer", "remind"})
  void who_sends_the_first_message_of_an_output_first_operation_is_the_service(String operation) {
    for (var node : List.of(sends("a", operation, HERE), bare("sendTask", "a", operation))) {
      var process = process(node);
      assertThat(sent(process, "a")).isInstanceOf(Interaction.Send.class);
      assertThat(process.provided()).as("nothing is taken at a port of its own").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_receive_of_what_the_process_sends_is_of_the_response(String operation) {
    var process = process(sends("a", operation, HERE), bare("receiveTask", "b", operation));
    var receive = element(process, "b").receive().orElseThrow();
    assertThat(receive.isResponse()).isTrue();
    assertThat(process.provided()).isEmpty();
  }

  @Test
  void a_process_may_host_an_interface_and_call_another_service_of_it() {
    var drawing =
        chained(
            starts("start", "note"),
            takes("a", "check"),
            sends("b", "check"),
            hears("c", "check"),
            answers("d", "check"));
    var process = Desk.compile(drawing);
    assertThat(received(process, "a")).isEqualTo(name("check", MessageKind.INPUT));
    assertThat(sent(process, "b")).isInstanceOf(Interaction.Send.class);
    assertThat(received(process, "c")).isEqualTo(name("check", MessageKind.OUTPUT));
    assertThat(sent(process, "d")).isInstanceOf(Interaction.Reply.class);
    assertThat(process.provided())
        .singleElement()
        .satisfies(p -> assertThat(p.address()).endsWith("/services/sell/desk"));
  }

  @Test
  void a_port_hosts_what_its_process_takes_and_every_other_operation_that_others_begin() {
    var drawing = chained(starts("start", "note"), takes("a", "offer"), timer("b", "PT1H"));
    var port = Desk.compile(drawing).provided().getFirst();
    assertThat(operations(port)).containsExactlyInAnyOrder("note", "look", "check", "offer");
    assertThat(
            Desk.findings("", drawing).stream()
                .filter(f -> f.rule().equals(Rule.OPERATION_NOT_RECEIVED))
                .map(Finding::problem))
        .hasSize(2)
        .anyMatch(p -> p.contains("'look'"))
        .anyMatch(p -> p.contains("'check'"));
  }

  @Test
  void a_port_that_only_takes_responses_is_none() {
    assertThat(process(sends("a", "check"), hears("b", "check")).provided()).isEmpty();
  }

  @Test
  void an_exchange_is_told_apart_by_name_and_by_the_participant_of_its_message_flow() {
    var process =
        process(
            flow("peer", "a"),
            flow("b", "other"),
            takes("a", "check", "parley:messageExchange=\"x\""),
            answers("b", "check", "parley:messageExchange=\"y\""),
            answers("c", "check"));
    assertThat(element(process, "a").receive().orElseThrow().exchange())
        .isEqualTo(new Interaction.ExchangeName("x", "peer"));
    assertThat(((Interaction.Reply) sent(process, "b")).exchange())
        .isEqualTo(new Interaction.ExchangeName("y", "other"));
    assertThat(((Interaction.Reply) sent(process, "c")).exchange())
        .isEqualTo(new Interaction.ExchangeName("", ""));
  }
}
