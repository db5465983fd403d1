package dev.parley.wsdl;

import static dev.parley.message.MessageExchangePattern.IN_ONLY;
import static dev.parley.message.MessageExchangePattern.IN_OPT_OUT;
import static dev.parley.message.MessageExchangePattern.IN_OUT;
import static dev.parley.message.MessageExchangePattern.OUT_IN;
import static dev.parley.message.MessageExchangePattern.OUT_ONLY;
import static dev.parley.message.MessageExchangePattern.OUT_OPT_IN;
import static dev.parley.message.MessageExchangePattern.ROBUST_IN_ONLY;
import static dev.parley.message.MessageExchangePattern.ROBUST_OUT_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.finding.Location;
import dev.parley.message.Body;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WsdlTest {
  private static final String METADATA = "http://www.w3.org/2007/05/addressing/metadata";
  private static final String WSDL_BINDING = "http://www.w3.org/2006/05/addressing/wsdl";
  private static final QName ORDERING = orders("Ordering");

  @Test
  void an_operation_s_shape_and_extension_say_its_pattern() throws Exception {
    var operations = Bundle.of("single").read().find(ORDERING).orElseThrow().operations();
    assertThat(
            operations.stream()
                .collect(Collectors.toMap(o -> o.name().operation(), Operation::pattern)))
        .containsOnly(
            entry("order", IN_OUT),
            entry("ping", IN_ONLY),
            entry("confirm", ROBUST_IN_ONLY),
            entry("ask", IN_OPT_OUT),
            entry("notify", OUT_ONLY),
            entry("warn", ROBUST_OUT_ONLY),
            entry("inquire", OUT_IN),
            entry("offer", OUT_OPT_IN));
  }

  @Test
  void an_operation_has_its_messages_its_faults_and_its_line() throws Exception {
    var ordering = Bundle.of("single").read().find(ORDERING).orElseThrow();
    var outOfStock =
        new FaultType("outOfStock", new MessageType(orders("OutOfStock"), orders("outOfStock")));
    assertThat(ordering.operation("order"))
        .contains(
            new Operation(
                new OperationName(ORDERING, "order"),
                IN_OUT,
                new MessageType(orders("Order"), orders("order")),
                new MessageType(orders("Confirmation"), orders("confirmation")),
                List.of(outOfStock),
                new Location("orders.wsdl", 50, 5)));
    assertThat(ordering.operation("ping").orElseThrow().input())
        .isEqualTo(new MessageType(orders("Nothing"), null));
    assertThat(ordering.operation("confirm").orElseThrow().faults()).containsExactly(outOfStock);
  }

  @Test
  void a_message_has_the_label_and_the_action_that_its_operation_gives_it(@TempDir Path folder)
      throws Exception {
    var ordering =
        Bundle.single(folder)
            .replacing(
                "input message", "input xmlns:m='" + METADATA + "' m:Action='urn:in' message")
            .replacing(
                "<wsdl:output message",
                "<wsdl:output name='o' xmlns:m='%s' m:Action=' urn:out ' xmlns:b='%s' b:Action='urn:no' message"
                    .formatted(METADATA, WSDL_BINDING))
            .replacing(
                "<wsdl:fault name",
                "<wsdl:fault xmlns:b='" + WSDL_BINDING + "' b:Action='urn:fault' name")
            .replacing(
                "<parley:fault name",
                "<parley:fault xmlns:m='" + METADATA + "' m:Action='urn:robust' name")
            .replacing("soapAction=\"urn:example:orders/order\"", "soapAction=\"\"")
            .read()
            .find(ORDERING)
            .orElseThrow();

    var order = ordering.operation("order").orElseThrow();
    assertThat(order.input())
        .isEqualTo(new MessageType(orders("Order"), orders("order"), null, "urn:in"));
    assertThat(order.output())
        .isEqualTo(new MessageType(orders("Confirmation"), orders("confirmation"), "o", "urn:out"));
    assertThat(order.faults()).extracting(f -> f.message().action()).containsExactly("urn:fault");
    assertThat(ordering.operation("confirm").orElseThrow().faults())
        .extracting(f -> f.message().action())
        .containsExactly("urn:robust");
  }

  @Test
  void a_soap_action_that_is_not_the_message_s_action_is_warned_of(@TempDir Path folder)
      throws Exception {
    var contract =
        Bundle.single(folder)
            .replacing(
                "input message", "input xmlns:m='" + METADATA + "' m:Action='urn:in' message")
            .read();
    assertThat(contract.warnings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.rule()).isEqualTo("wsdl.action-mismatch");
              assertThat(f.location().line()).isEqualTo(89);
              assertThat(f.problem()).contains("'urn:in'", "'urn:example:orders/order'");
            });
  }

  @Test
  void a_port_has_its_interface_version_address_and_actions() throws Exception {
    var contract = Bundle.of("single").read();
    var soap11 =
        new Port(
            orders("Orders"),
            "Soap11",
            ORDERING,
            SoapVersion.SOAP_11,
            "http://localhost/orders",
            Map.of("order", "urn:example:orders/order"),
            Set.of(new HeaderBlock("order", MessageKind.INPUT, orders("ticket"))),
            new Location("orders.wsdl", 121, 5));
    var soap12 =
        new Port(
            orders("Orders"),
            "Soap12",
            ORDERING,
            SoapVersion.SOAP_12,
            "http://localhost/orders12",
            Map.of(),
            Set.of(),
            new Location("orders.wsdl", 124, 5));
    assertThat(contract.ports()).containsExactly(soap11, soap12);
    assertThat(contract.portsOf(ORDERING)).containsExactly(soap11, soap12);
    var file = Path.of("src/test/resources/wsdl/single/orders.wsdl").toRealPath();
    assertThat(contract.portFiles()).containsOnly(entry(soap11, file), entry(soap12, file));
  }

  @Test
  void a_body_is_held_against_the_inline_schema() throws Exception {
    var schemas = Bundle.of("single").read().schemas();
    assertThat(schemas.declares(orders("order"))).isTrue();
    assertThat(schemas.declares(orders("number"))).isFalse();
    assertThat(
            schemas.violations(
                Body.of(
                    "<order"
                        + " xmlns='urn:example:orders'><number>O-1</number><quantity>1</quantity></order>")))
        .isEmpty();
  }

  @Test
  void documents_that_import_each_other_are_one_contract() throws Exception {
    var contract = Bundle.of("orders").read();
    assertThat(contract.warnings()).isEmpty();
    assertThat(contract.interfaces()).containsOnlyKeys(ORDERING, orders("Shipping"));
    assertThat(contract.ports())
        .extracting(p -> p.service().getLocalPart() + "/" + p.name(), p -> p.interfaceName())
        .containsExactly(
            tuple("Orders/Orders", ORDERING),
            tuple("Orders/Shipping", orders("Shipping")),
            tuple("Depot/Shipping", orders("Shipping")));
    var operation = contract.find(orders("Shipping")).orElseThrow().operations().get(0);
    assertThat(operation.location()).isEqualTo(new Location("types/interface.wsdl", 48, 5));
  }

  @Test
  void a_component_of_a_document_that_is_not_imported_is_not_seen(@TempDir Path folder)
      throws Exception {
    var bundle =
        Bundle.single(folder)
            .with(
                "second.wsdl",
                """
                <wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
                    xmlns:o="urn:example:orders" targetNamespace="urn:example:second">
                  <wsdl:binding name="Second" type="o:Ordering">
                    <soap:binding xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
                        transport="http://schemas.xmlsoap.org/soap/http"/>
                  </wsdl:binding>
                </wsdl:definitions>
                """);
    assertThat(bundle.summary()).containsExactly("second.wsdl:3 wsdl.unresolved-port-type Second");
  }

  private static QName orders(String name) {
    return new QName("urn:example:orders", name);
  }
}
