package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.parley.deployment.ExecutableProcess.Branch;
import dev.parley.deployment.ExecutableProcess.DataItem;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Reply;
import dev.parley.deployment.Interaction.Send;
import dev.parley.deployment.QueuePolicy.Choice;
import dev.parley.expression.Expressions;
import dev.parley.finding.Location;
import dev.parley.message.Body;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeployerTest {
  private static final OperationName PLACE = orders("place");
  private static final OperationName PAY = orders("pay");
  private static final OperationName ASK = orders("ask");

  @TempDir Path folder;

  @Test
  void nodes_flows_and_data_objects_are_numbered_in_document_order() throws Exception {
    var process = sell();
    assertThat(process.nodes().stream().map(n -> n.index() + n.id()))
        .startsWith("0placed", "1paid", "2unpaid", "3abandoned", "4large", "5chargeCard");
    assertThat(process.nodes()).allSatisfy(n -> assertThat(process.node(n.index())).isSameAs(n));
    assertThat(node("paid").branches()).containsExactly(new Branch(2, null));
    assertThat(node("paid").boundary()).containsExactly(2);
    assertThat(node("asked").incoming()).hasSize(2);
    assertThat(node("paid").location()).isEqualTo(new Location("orders.bpmn", 83, 5));
    assertThat(process.flows().get(0)).isEqualTo(new ExecutableProcess.Flow(0, "f1", 0, 1));
    assertThat(process.items().getFirst())
        .isEqualTo(new DataItem(0, "order", Optional.of(new QName("urn:test:orders", "order")), 0));
    assertThat(process.scope(0).variables()).containsKeys("payment", "paymentData");
  }

  @Test
  void a_start_event_receives_the_input_and_keeps_it_in_the_only_data_object_that_fits()
      throws Exception {
    var start = element("placed", Element.StartEvent.class);
    var receive = start.receive().orElseThrow();
    assertThat(receive.message()).isEqualTo(new MessageName(PLACE, MessageKind.INPUT));
    assertThat(receive.keeps()).containsExactly(new Keep(0, null));
    assertThat(sell().startFor(PLACE, MessageKind.INPUT)).contains(node("placed"));
  }

  @Test
  void a_receive_without_a_message_is_of_the_input_when_nothing_sends_the_operation()
      throws Exception {
    assertThat(receive("paid").message()).isEqualTo(new MessageName(PAY, MessageKind.INPUT));
  }

  @Test
  void a_message_that_no_data_object_fits_is_not_kept() throws Exception {
    assertThat(receive("asked").keeps()).isEmpty();
  }

  @Test
  void settings_of_the_node_go_before_the_process_s_and_those_before_the_defaults()
      throws Exception {
    var policy = receive("paid").policy();
    assertThat(policy.onLate()).isEqualTo(Choice.DISCARD);
    assertThat(policy.keepEarly()).isEqualTo(Duration.ofDays(1));
    assertThat(policy.keepUnknown()).isEqualTo(Duration.ofHours(1));
    assertThat(sell().queue().onLate()).isEqualTo(Choice.REJECT);
    var delivery = element("chargeCard", Element.ServiceTask.class).invoke().delivery();
    assertThat(delivery)
        .isEqualTo(
            new DeliveryPolicy(
                false,
                false,
                3,
                Duration.ofSeconds(2),
                2,
                Duration.ofMinutes(5),
                Duration.ofHours(1)));
  }

  @Test
  void a_service_task_invokes_the_participant_of_its_message_flow_at_the_soap_11_port()
      throws Exception {
    var invoke = element("chargeCard", Element.ServiceTask.class).invoke();
    assertThat(invoke.operation().name()).isEqualTo(bank("charge"));
    assertThat(invoke.partner().destination().contract().orElseThrow().port().name())
        .isEqualTo("bank11");
    assertThat(invoke.partner().destination().contract().orElseThrow().process()).isEqualTo("sell");
    assertThat(invoke.partner().destination().address()).isEqualTo("http://bank.test/11");
    assertThat(invoke.outgoing()).isInstanceOf(Outgoing.Computed.class);
    assertThat(invoke.keeps()).containsExactly(new Keep(2, null));
    assertThat(invoke.answerWithin()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void an_endpoint_is_the_participant_s_then_the_configuration_s_then_the_wsdl_s()
      throws Exception {
    var bundle = BundleUnderTest.orders(folder);
    for (var name : List.of("House bank", "house", "{urn:test:bank}Bank")) {
      var settings = Settings.of(Map.of(name, "http://elsewhere"), Settings.DEFAULT.address());
      assertThat(endpoint(bundle.compile(settings))).as(name).isEqualTo("http://elsewhere");
    }
    bundle.replacing(
        "orders.bpmn", "name=\"House bank\"", "name=\"House bank\" parley:endpoint=\"http://own\"");
    var settings = Settings.of(Map.of("house", "http://other"), Settings.DEFAULT.address());
    assertThat(endpoint(bundle.compile(settings))).isEqualTo("http://own");
  }

  @Test
  void a_declared_fault_is_caught_and_thrown_by_the_name_it_has_in_the_wsdl() throws Exception {
    assertThat(element("refused", Element.BoundaryEvent.class))
        .isEqualTo(
            new Element.BoundaryEvent(
                5,
                true,
                new Trigger.Error(
                    new QName("urn:test:bank", "noFunds"), List.of(new Keep(3, null)))));
    var thrown = (Result.Error) element("deny", Element.EndEvent.class).result();
    assertThat(thrown.code()).isEqualTo(new QName("urn:test:orders", "unknown"));
    assertThat(thrown.data()).isInstanceOf(Outgoing.Computed.class);
  }

  @Test
  void other_errors_are_called_as_the_model_writes_them() throws Exception {
    assertThat(
            ((Trigger.Error) element("unreachable", Element.BoundaryEvent.class).trigger()).code())
        .isEqualTo(new QName("urn:parley:1", "DeliveryFailed"));
    assertThat(element("failed", Element.EndEvent.class).result())
        .isEqualTo(new Result.Error(new QName("Plain"), null));
  }

  @Test
  void a_send_of_a_received_operation_replies_and_of_another_requests() throws Exception {
    var reply = (Reply) element("answer", Element.SendTask.class).interaction();
    assertThat(reply.operation().name()).isEqualTo(ASK);
    assertThat(reply.fault()).isNull();
    var told = (Result.Message) element("told", Element.EndEvent.class).result();
    var send = (Send) told.interaction();
    assertThat(send.operation().name()).isEqualTo(bank("tell"));
    assertThat(send.outgoing()).isEqualTo(new Outgoing.Item(2));
  }

  @Test
  void a_send_of_a_fault_s_message_replies_with_the_fault() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing(
                "orders.bpmn",
                "<sendTask id=\"answer\" operationRef=\"tns:ask\"",
                "<sendTask id=\"answer\" operationRef=\"tns:ask\""
                    + " messageRef=\"tns:unknownMessage\"");
    var reply = (Reply) element(bundle.compile(), "answer", Element.SendTask.class).interaction();
    assertThat(reply.fault()).isEqualTo(new QName("urn:test:orders", "unknown"));
  }

  @Test
  void without_an_operation_the_message_says_which_it_is() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing("orders.bpmn", "operationRef=\"tns:ask\" messageRef", "messageRef");
    var receive = element(bundle.compile(), "asked", Element.ReceiveTask.class).taken();
    assertThat(receive.operation().name()).isEqualTo(ASK);
  }

  @Test
  void branches_stand_in_document_order_beside_the_default() throws Exception {
    var gateway = node("large");
    assertThat(gateway.branches().stream().map(b -> b.flow() + ":" + (b.condition() != null)))
        .containsExactly("3:true", "4:false");
    assertThat(gateway.defaultFlow()).isEqualTo(4);
  }

  @Test
  void a_literal_duration_is_a_timer() throws Exception {
    var event = element("unpaid", Element.BoundaryEvent.class);
    assertThat(event.attachedTo()).isEqualTo(1);
    var timer = (Trigger.Timer) event.trigger();
    assertThat(timer.kind()).isEqualTo(Trigger.Timer.Kind.DURATION);
    assertThat(timer.expression().evaluate(new Noon()).asText()).isEqualTo("P2D");
  }

  @Test
  void a_key_s_values_are_found_in_every_message_that_has_expressions_for_it() throws Exception {
    var process = sell();
    assertThat(process.keys())
        .containsExactly(new ExecutableProcess.Key(0, "byOrder", List.of("orderId"), 0));
    var values =
        process.messages().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().operation(),
                    e ->
                        e.getValue()
                            .extract(
                                Body.of(
                                    "<o:payment xmlns:o='urn:test:orders'>"
                                        + "<o:orderId>7</o:orderId></o:payment>"))));
    assertThat(values)
        .containsOnly(
            entry(PLACE, new TreeMap<>()),
            entry(ASK, new TreeMap<>()),
            entry(PAY, new TreeMap<>(Map.of(0, List.of("7")))));
  }

  @Test
  void every_port_of_every_interface_that_is_received_is_provided() throws Exception {
    assertThat(sell().provided().stream().map(p -> p.port().name()))
        .containsExactly("orders", "orders12");
    assertThat(sell().provided()).allSatisfy(p -> assertThat(p.wsdl()).hasFileName("orders.wsdl"));
    assertThat(sell().operations().keySet())
        .containsExactlyInAnyOrder(PLACE, PAY, ASK, bank("charge"), bank("tell"));
  }

  @Test
  void the_same_bundle_gives_the_same_nodes_and_findings() throws Exception {
    var bundle = BundleUnderTest.orders(folder);
    assertThat(shape(bundle.compile())).isEqualTo(shape(bundle.compile()));
    bundle.replacing("orders.bpmn", "/o:order/o:orderId", "/o:order/(");
    bundle.replacing("orders.bpmn", "P2D", "P2Y");
    assertThat(bundle.findings()).hasSize(2).isEqualTo(bundle.findings());
  }

  @Test
  void a_good_bundle_has_no_warning() throws Exception {
    assertThat(BundleUnderTest.orders(folder).warnings()).isEmpty();
  }

  private ExecutableProcess sell() throws Exception {
    return new Deployer(new Expressions(), Settings.DEFAULT)
        .compile(Bundles.read(BundleUnderTest.ORDERS))
        .processes()
        .getFirst();
  }

  private ExecutableProcess.Node node(String id) throws Exception {
    return sell().nodes().stream().filter(n -> n.id().equals(id)).findFirst().orElseThrow();
  }

  private <E extends Element> E element(String id, Class<E> kind) throws Exception {
    return kind.cast(node(id).element());
  }

  private Receive receive(String id) throws Exception {
    return element(id, Element.ReceiveTask.class).taken();
  }

  private static <E extends Element> E element(Deployable deployable, String id, Class<E> kind) {
    return deployable.processes().getFirst().nodes().stream()
        .filter(n -> n.id().equals(id))
        .map(n -> kind.cast(n.element()))
        .findFirst()
        .orElseThrow();
  }

  private static String endpoint(Deployable deployable) {
    return element(deployable, "chargeCard", Element.ServiceTask.class)
        .invoke()
        .partner()
        .destination()
        .address();
  }

  private static List<String> shape(Deployable deployable) {
    return deployable.processes().stream()
        .flatMap(p -> p.nodes().stream())
        .map(n -> n.toString().replaceAll("@[0-9a-f]+", ""))
        .toList();
  }

  private static OperationName orders(String operation) {
    return new OperationName(new QName("urn:test:orders", "Orders"), operation);
  }

  private static OperationName bank(String operation) {
    return new OperationName(new QName("urn:test:bank", "Bank"), operation);
  }
}
