package dev.parley.bpmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.bpmn.Definitions.CorrelationKeyDefinition;
import dev.parley.bpmn.Definitions.CorrelationProperty;
import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.Import;
import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.MessageFlow;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.Definitions.Participant;
import dev.parley.bpmn.FlowNode.BoundaryEvent;
import dev.parley.bpmn.FlowNode.EndEvent;
import dev.parley.bpmn.FlowNode.ExclusiveGateway;
import dev.parley.bpmn.FlowNode.IntermediateCatchEvent;
import dev.parley.bpmn.FlowNode.IntermediateThrowEvent;
import dev.parley.bpmn.FlowNode.ReceiveTask;
import dev.parley.bpmn.FlowNode.ScriptTask;
import dev.parley.bpmn.FlowNode.SendTask;
import dev.parley.bpmn.FlowNode.ServiceTask;
import dev.parley.bpmn.FlowNode.StartEvent;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import dev.parley.bpmn.ProcessDefinition.DataObject;
import dev.parley.bpmn.ProcessDefinition.SequenceFlow;
import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.finding.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The complete model, order.bpmn, has every element that executes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BpmnTest {

  private static final Path ROOT = Path.of("src/test/resources");
  private static final String ORDER = "urn:example:order";
  private static final String XPATH = "http://www.w3.org/1999/XPath";
  private static final String XQUERY = "http://www.w3.org/XML/Query";

  private final Definitions order = read("bpmn/order.bpmn");
  private final ProcessDefinition sell = order.process("sell").orElseThrow();

  private static Definitions read(String file) {
    try {
      return Bpmn.read(ROOT, ROOT.resolve(file));
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  private <T extends FlowNode> T node(String id, Class<T> kind) {
    return sell.nodes().stream()
        .filter(n -> n.id().equals(id))
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static Location at(int line, int column) {
    return new Location("bpmn/order.bpmn", line, column);
  }

  @Test
  void a_file_read_twice_is_equal() {
    assertThat(read("bpmn/order.bpmn")).isEqualTo(order);
  }

  @Test
  void the_only_warning_is_another_engines_attribute() {
    assertThat(order.warnings())
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple("bpmn.foreign-attribute", "chargeCard"));
  }

  @Test
  void a_file_without_executable_process_is_not_read_further() {
    var display = read("bpmn/display.bpmn");
    assertThat(display.processes()).isEmpty();
    assertThat(display.messages()).isEmpty();
    assertThat(display.warnings())
        .extracting(Finding::rule, Finding::isError, f -> f.location().toString())
        .containsExactly(tuple("bpmn.nothing-executable", false, "bpmn/display.bpmn:2:1"));
  }

  @Test
  void a_file_that_is_absent_is_refused() {
    var refused =
        catchThrowableOfType(
            RefusedException.class, () -> Bpmn.read(ROOT, ROOT.resolve("bpmn/absent.bpmn")));
    assertThat(refused.findings()).extracting(Finding::rule).containsExactly("bpmn.unreadable");
  }

  @Test
  void an_import_names_a_file_of_the_bundle() {
    assertThat(order.imports())
        .containsExactly(
            new Import(ORDER, "bpmn/order.wsdl", "http://schemas.xmlsoap.org/wsdl/", at(12, 3)));
  }

  @Test
  void structures_are_resolved_by_the_namespaces_in_scope() {
    assertThat(order.itemDefinitions().values())
        .extracting(ItemDefinition::id, ItemDefinition::structure)
        .containsExactly(
            tuple("orderItem", new QName(ORDER, "order")),
            tuple("confirmationItem", new QName(ORDER, "confirmation")),
            tuple("refusalItem", new QName(ORDER, "refusal")),
            tuple("numberItem", new QName("http://www.w3.org/2001/XMLSchema", "int")));
  }

  @Test
  void messages_and_errors_know_their_items() {
    assertThat(order.messages().values())
        .extracting(MessageDefinition::id, MessageDefinition::name, MessageDefinition::item)
        .containsExactly(
            tuple("orderMessage", "Order", order.itemDefinitions().get("orderItem")),
            tuple("confirmationMessage", "Confirmation", item("confirmationItem")),
            tuple("chargeMessage", "Charge", null),
            tuple("shippedMessage", "Shipped", null));
    assertThat(order.errors().values())
        .extracting(ErrorDefinition::id, ErrorDefinition::name, ErrorDefinition::code)
        .containsExactly(
            tuple("refused", "Refused", "o:refused"), tuple("noFunds", "noFunds", "noFunds"));
    assertThat(error("refused").item()).isEqualTo(item("refusalItem"));
    assertThat(error("refused").namespaces()).containsEntry("o", ORDER);
  }

  private ItemDefinition item(String id) {
    return Objects.requireNonNull(order.itemDefinitions().get(id));
  }

  private ErrorDefinition error(String id) {
    return Objects.requireNonNull(order.errors().get(id));
  }

  private MessageDefinition message(String id) {
    return Objects.requireNonNull(order.messages().get(id));
  }

  private OperationDefinition operation(String id) {
    return Objects.requireNonNull(order.operations().get(id));
  }

  @Test
  void operations_are_joined_to_the_wsdl_by_qualified_name_local_name_or_name() {
    assertThat(operation("placeOrder"))
        .isEqualTo(
            new OperationDefinition(
                "placeOrder",
                "place order",
                new QName(ORDER, "Ordering"),
                "placeOrder",
                message("orderMessage"),
                message("confirmationMessage"),
                List.of(error("refused")),
                at(24, 5)));
    assertThat(order.operations().values())
        .extracting(OperationDefinition::interfaceName, OperationDefinition::operation)
        .containsExactly(
            tuple(new QName(ORDER, "Ordering"), "placeOrder"),
            tuple(new QName(ORDER, "Ordering"), "reportShipped"),
            tuple(new QName(ORDER, "Banking"), "charge"));
  }

  @Test
  void a_correlation_property_has_an_expression_for_each_message() {
    var number = Objects.requireNonNull(order.correlationProperties().get("orderNumber"));
    assertThat(number.name()).isEqualTo("order number");
    assertThat(number.retrievalByMessage().keySet())
        .containsExactly("orderMessage", "shippedMessage");
    assertThat(number.retrievalByMessage().values())
        .extracting(Formal::text, Formal::language)
        .containsExactly(
            tuple("/o:order/@number", XPATH),
            tuple("/o:shipped/o:number", "http://www.w3.org/TR/xpath-31"));
    assertThat(number.retrievalByMessage().values())
        .allSatisfy(f -> assertThat(f.namespaces()).containsEntry("o", ORDER));
  }

  @Test
  void a_collaboration_has_its_own_keys_and_those_of_its_conversations() {
    assertThat(order.collaborations().getFirst().keys())
        .extracting(
            CorrelationKeyDefinition::id,
            CorrelationKeyDefinition::name,
            k -> k.properties().stream().map(CorrelationProperty::id).toList())
        .containsExactly(
            tuple("", "again", List.of("orderNumber")),
            tuple("byNumber", "by number", List.of("orderNumber")));
  }

  @Test
  void a_pool_whose_process_does_not_execute_is_a_black_box() {
    assertThat(order.collaborations().getFirst().participants())
        .extracting(
            Participant::id,
            Participant::process,
            Participant::interfaceNames,
            Participant::endpoint)
        .containsExactly(
            tuple("buyer", null, List.of(), null),
            tuple("seller", "sell", List.of(new QName(ORDER, "Ordering")), null),
            tuple(
                "bank", null, List.of(new QName(ORDER, "Banking")), "https://bank.example/charge"),
            tuple("carrier", "ship", List.of(), "https://carrier.example/"));
  }

  @Test
  void message_flows_connect_executed_nodes_and_participants() {
    assertThat(order.collaborations().getFirst().messageFlows())
        .extracting(MessageFlow::id, MessageFlow::source, MessageFlow::target, MessageFlow::message)
        .containsExactly(
            tuple("ordered", "buyer", "start", message("orderMessage")),
            tuple("charged", "chargeCard", "bank", null),
            tuple("shipping", "reportIt", "awaitShipment", null));
  }

  @Test
  void processes_are_read_in_document_order_with_their_interfaces_and_policies() {
    assertThat(order.processes()).extracting(ProcessDefinition::id).containsExactly("sell", "ship");
    assertThat(sell.supportedInterfaces()).containsExactly(new QName(ORDER, "Ordering"));
    assertThat(sell.policies()).isEqualTo(Map.of("onUnknown", "refuse"));
    assertThat(sell.dataObjects())
        .extracting(DataObject::id, DataObject::name, DataObject::item, DataObject::isCollection)
        .containsExactly(
            tuple("order", "the order", item("orderItem"), false),
            tuple("confirmation", "confirmation", item("confirmationItem"), false),
            tuple("note1", "note1", null, true));
  }

  @Test
  void every_kind_of_node_is_read_in_document_order() {
    assertThat(sell.nodes())
        .extracting(FlowNode::id, n -> n.getClass().getSimpleName())
        .containsExactly(
            tuple("start", "StartEvent"),
            tuple("compute", "ScriptTask"),
            tuple("enough", "ExclusiveGateway"),
            tuple("refuse", "EndEvent"),
            tuple("fork", "ParallelGateway"),
            tuple("chargeCard", "ServiceTask"),
            tuple("noMoney", "BoundaryEvent"),
            tuple("slow", "BoundaryEvent"),
            tuple("stop", "EndEvent"),
            tuple("confirm", "SendTask"),
            tuple("join", "ParallelGateway"),
            tuple("awaitShipment", "ReceiveTask"),
            tuple("tooLate", "BoundaryEvent"),
            tuple("tell", "IntermediateThrowEvent"),
            tuple("pause", "IntermediateCatchEvent"),
            tuple("catchIt", "IntermediateCatchEvent"),
            tuple("done", "EndEvent"));
  }

  @Test
  void a_process_may_begin_with_a_receive_task_or_by_hand() {
    var nodes = order.process("ship").orElseThrow().nodes();
    assertThat(nodes.get(0))
        .isInstanceOfSatisfying(
            ReceiveTask.class,
            r -> {
              assertThat(r.instantiate()).isTrue();
              assertThat(r.exchanged().message()).isEqualTo(message("orderMessage"));
            });
    assertThat(nodes.get(1))
        .isInstanceOfSatisfying(
            StartEvent.class, s -> assertThat(s.trigger()).isEqualTo(new TriggerDefinition.None()));
  }

  @Test
  void sequence_flows_keep_their_conditions() {
    var flow = sell.flows().get(3);
    assertThat(flow)
        .extracting(SequenceFlow::id, SequenceFlow::source, SequenceFlow::target)
        .containsExactly("f4", "enough", "refuse");
    assertThat(Objects.requireNonNull(flow.condition()).text()).isEqualTo("$order/@amount < 1");
    assertThat(node("enough", ExclusiveGateway.class).common().defaultFlow()).isEqualTo("f3");
    assertThat(node("enough", ExclusiveGateway.class).common().outgoing())
        .containsExactly("f3", "f4");
    assertThat(node("join", FlowNode.ParallelGateway.class).common().incoming())
        .containsExactly("f8", "f9");
  }

  @Test
  void a_message_start_has_its_operation_and_stores_through_a_reference() {
    var start = node("start", StartEvent.class);
    var messaging = start.messaging().orElseThrow();
    assertThat(start.common().name()).isEqualTo("Order received");
    assertThat(messaging.operation()).isEqualTo(operation("placeOrder"));
    assertThat(messaging.message()).isEqualTo(message("orderMessage"));
    assertThat(messaging.outputs())
        .extracting(DataAssociation::dataObject, DataAssociation::transformation)
        .containsExactly(tuple("order", null));
  }

  @Test
  void a_send_task_builds_its_message_by_transformation() {
    var confirm = node("confirm", SendTask.class).exchanged();
    assertThat(confirm.inputs())
        .extracting(
            DataAssociation::dataObject, a -> Objects.requireNonNull(a.transformation()).text())
        .containsExactly(tuple("confirmation", "$confirmation"));
  }

  @Test
  void short_forms_and_policies_are_attributes() {
    var charge = node("chargeCard", ServiceTask.class);
    assertThat(charge.exchanged().result()).isEqualTo("order");
    assertThat(charge.exchanged().payload())
        .isEqualTo(
            new Formal("<o:charge/>", XQUERY, charge.common().namespaces(), charge.location()));
    assertThat(Objects.requireNonNull(charge.exchanged().resultExpression()).text())
        .isEqualTo("/*");
    assertThat(charge.common().policies()).isEqualTo(Map.of("attempts", "5", "backoff", "PT1S"));
    assertThat(node("tell", IntermediateThrowEvent.class).messaging().orElseThrow().payload())
        .extracting(Formal::text)
        .isEqualTo("$order");
  }

  @Test
  void a_receive_task_may_leave_out_what_modelling_tools_leave_out() {
    var receive = node("awaitShipment", ReceiveTask.class);
    assertThat(receive.instantiate()).isFalse();
    assertThat(receive.exchanged().operation()).isEqualTo(operation("reportShipped"));
    assertThat(receive.exchanged().message()).isNull();
    assertThat(receive.exchanged().outputs())
        .extracting(DataAssociation::dataObject)
        .containsExactly("note1");
  }

  @Test
  void a_script_is_xquery_and_names_its_result() {
    var compute = node("compute", ScriptTask.class);
    assertThat(compute.script())
        .extracting(Formal::text, Formal::language)
        .containsExactly("<o:confirmation>{$order/@number}</o:confirmation>", XQUERY);
    assertThat(compute.result()).isEqualTo("confirmation");
  }

  @Test
  void timers_are_dates_or_durations_contained_or_referenced() {
    var slow = node("slow", BoundaryEvent.class);
    assertThat(slow.cancelActivity()).isFalse();
    assertThat(slow.attachedTo()).isEqualTo("chargeCard");
    assertThat(timer(slow.trigger()).kind()).isEqualTo(TriggerDefinition.Timer.Kind.DATE);
    var tooLate = node("tooLate", BoundaryEvent.class);
    assertThat(tooLate.cancelActivity()).isTrue();
    assertThat(timer(tooLate.trigger()))
        .extracting(TriggerDefinition.Timer::kind, t -> t.expression().text())
        .containsExactly(TriggerDefinition.Timer.Kind.DURATION, "'P2D'");
    assertThat(timer(node("pause", IntermediateCatchEvent.class).trigger()).expression().text())
        .isEqualTo("PT1H");
  }

  @Test
  void errors_are_caught_on_boundaries_and_thrown_at_ends() {
    var boundary = node("noMoney", BoundaryEvent.class);
    assertThat(boundary.attachedTo()).isEqualTo("chargeCard");
    var caught = (TriggerDefinition.Error) boundary.trigger();
    assertThat(caught.error()).isEqualTo(error("noFunds"));
    assertThat(caught.kept().outputs())
        .extracting(DataAssociation::dataObject)
        .containsExactly("note1");
    assertThat(node("refuse", EndEvent.class).result())
        .isInstanceOfSatisfying(
            ResultDefinition.Error.class,
            end -> {
              assertThat(end.error()).isEqualTo(error("refused"));
              assertThat(Objects.requireNonNull(end.given().payload()).text())
                  .isEqualTo("<o:refusal/>");
            });
    assertThat(node("stop", EndEvent.class).result()).isEqualTo(new ResultDefinition.Terminate());
    assertThat(node("done", EndEvent.class).result()).isEqualTo(new ResultDefinition.None());
  }

  private static TriggerDefinition.Timer timer(TriggerDefinition trigger) {
    return (TriggerDefinition.Timer) trigger;
  }
}
