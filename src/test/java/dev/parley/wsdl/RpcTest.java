package dev.parley.wsdl;

import static dev.parley.message.MessageExchangePattern.OUT_IN;
import static dev.parley.message.MessageExchangePattern.ROBUST_OUT_ONLY;
import static dev.parley.message.MessageKind.FAULT;
import static dev.parley.message.MessageKind.INPUT;
import static dev.parley.message.MessageKind.OUTPUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.message.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** rpc/literal (WSDL 1.1, section 3.5), header blocks, and operations that begin with an output. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RpcTest {
  private static final String RESERVE =
      """
      <s:reserve xmlns:s="urn:example:stock"><item><sku xmlns="urn:example:stock:types">TEA</sku>\
      <t:quantity xmlns:t="urn:example:stock:types">2</t:quantity></item><note>x</note></s:reserve>\
      """;

  @TempDir Path folder;

  @Test
  void a_message_is_the_wrapper_that_is_named_after_its_operation() throws Exception {
    var reserve = operation("reserve");
    assertThat(reserve.input()).isEqualTo(new MessageType(stock("Reserve"), stock("reserve")));
    assertThat(reserve.output())
        .isEqualTo(new MessageType(stock("Reserved"), stock("reserveResponse")));
    assertThat(operation("correct").input())
        .isEqualTo(
            new MessageType(stock("Level"), new QName("urn:example:stock:calls", "correct")));
  }

  @Test
  void a_fault_is_document_style_and_so_is_an_operation_that_says_so() throws Exception {
    assertThat(operation("reserve").faults())
        .containsExactly(
            new FaultType("soldOut", new MessageType(stock("SoldOut"), types("soldOut"))));
    assertThat(operation("audit").input())
        .isEqualTo(new MessageType(stock("Audit"), stock("audit")));
  }

  @Test
  void of_an_operation_that_begins_with_an_output_the_input_is_the_response() throws Exception {
    var changed = operation("changed");
    assertThat(changed.pattern()).isEqualTo(ROBUST_OUT_ONLY);
    assertThat(changed.input()).isNull();
    assertThat(changed.output()).isEqualTo(new MessageType(stock("Level"), stock("changed")));
    var count = operation("count");
    assertThat(count.pattern()).isEqualTo(OUT_IN);
    assertThat(count.output()).isEqualTo(new MessageType(stock("Nothing"), stock("count")));
    assertThat(count.input()).isEqualTo(new MessageType(stock("Level"), stock("countResponse")));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          >TEA<|>tea<|element 'sku': Value 'tea' is not facet-valid with respect to pattern '[A-Z]+' for type 'Sku'.
          <note>x</note>||The content of element 's:reserve' is not complete. One of '{note}' is expected.
          <note>|<note xmlns="urn:example:stock">|Invalid content was found starting with element '{urn:example:stock}note'. One of '{note}' is expected.
          urn:example:stock"|urn:other"|Cannot find the declaration of element 's:reserve'.
          """)
  void a_body_is_held_against_its_wrapper(String valid, String invalid, String sentence)
      throws Exception {
    var schemas = Bundle.of("rpc").read().schemas();
    assertThat(schemas.violations(Body.of(RESERVE))).isEmpty();
    assertThat(schemas.violations(Body.of(RESERVE.replace(valid, invalid == null ? "" : invalid))))
        .containsExactly(sentence);
  }

  @Test
  void a_message_without_parts_is_an_empty_wrapper() throws Exception {
    var schemas = Bundle.of("rpc").read().schemas();
    assertThat(schemas.declares(stock("count"))).isTrue();
    assertThat(schemas.violations(Body.of("<count xmlns='urn:example:stock'/>"))).isEmpty();
    assertThat(schemas.violations(Body.of("<count xmlns='urn:example:stock'><x/></count>")))
        .hasSize(1);
  }

  @Test
  void a_type_of_the_wrapper_s_own_namespace_is_found() throws Exception {
    var schemas = Bundle.of("rpc").read().schemas();
    var response =
        "<s:reserveResponse xmlns:s='urn:example:stock'><level>%d</level></s:reserveResponse>";
    assertThat(schemas.violations(Body.of(response.formatted(0)))).isEmpty();
    assertThat(schemas.violations(Body.of(response.formatted(-1)))).hasSize(1);
  }

  @Test
  void a_part_of_any_type_lets_everything_through() throws Exception {
    var schemas =
        stockWith("name=\"note\" type=\"xs:string\"", "name=\"note\" type=\"xs:anyType\"")
            .read()
            .schemas();
    assertThat(schemas.violations(Body.of(RESERVE.replace(">x<", "><made><up/></made><"))))
        .isEmpty();
  }

  @Test
  void a_port_tells_its_header_blocks_by_operation_and_direction() throws Exception {
    var ports = Bundle.of("rpc").read().ports();
    var soap11 = ports.get(0);
    assertThat(soap11.headers("reserve", INPUT)).containsExactly(types("session"));
    assertThat(soap11.headers("reserve", OUTPUT)).containsExactly(types("receipt"));
    assertThat(soap11.headers("reserve", FAULT)).containsExactly(types("expired"));
    assertThat(soap11.headers("changed", OUTPUT)).containsExactly(types("session"));
    assertThat(soap11.headers("correct", INPUT)).isEmpty();
    var soap12 = ports.get(1);
    assertThat(soap12.headerBlocks())
        .containsExactly(new HeaderBlock("audit", INPUT, types("session")));
  }

  @Test
  void an_action_belongs_to_an_operation_whichever_message_begins_it() throws Exception {
    assertThat(Bundle.of("rpc").read().ports().get(0).soapActions())
        .containsEntry("changed", "urn:example:stock/changed")
        .containsEntry("count", "urn:example:stock/count");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <soap:body use="literal" namespace="urn:example:stock"/>|<soap:body use="literal"/>|88:wsdl.rpc-namespace:reserve
          <wsdl:input><soap:body use="literal" namespace="urn:example:stock:calls"/></wsdl:input>||96:wsdl.rpc-namespace:correct
          style="rpc" transport|style="rpc/literal" transport|81:wsdl.style:Soap11
          <soap12:operation style="rpc"/>|<soap12:operation/>|120:wsdl.mixed-bindings:correct
          <wsdl:input><soap12:body use="literal" namespace="urn:example:stock:calls"/>|<wsdl:input><soap12:body use="literal" namespace="urn:example:stock"/>|122:wsdl.mixed-bindings:correct
          <wsdl:input><soap12:body use="literal" |<wsdl:input><soap12:body use="literal" parts="sku" |122:wsdl.mixed-bindings:correct
          parts="level"|parts="levels"|92:wsdl.unresolved-part:reserve
          part name="item" type="t:Item"|part name="item" element="t:session"|36:wsdl.rpc-part:item
          part name="item" type="t:Item"|part name="item"|36:wsdl.rpc-part:item
          part name="item" type="t:Item"|part name="item" type="t:Itme"|36:wsdl.undeclared-type:item
          part name="item" type="t:Item"|part name="item" type="xs:itme"|36:schema.invalid:
          element name="audit"|element name="reserve"|88:wsdl.rpc-wrapper:reserve
          message="s:Reserve" part="session"|message="s:Absent" part="session"|85:wsdl.unresolved-message:reserve
          message="s:Reserve" part="session"|message="s:Reserve" part="absent"|85:wsdl.unresolved-part:reserve
          message="s:Reserve" part="session"|message="s:Reserve" part="note"|85:wsdl.header-part:reserve
          message="s:Expired" part="detail"|message="s:Expired" part="details"|86:wsdl.unresolved-part:reserve
          soapAction="urn:example:stock/audit" style="document"|soapAction=""|114:wsdl.rpc-namespace:audit
          name="soldOut" message="s:SoldOut"|name="soldOut" message="s:Level"|51:wsdl.several-body-parts:level
          <soap12:operation/>|<soap12:operation/><wsdl:output><soap12:body use="literal"/></wsdl:output>|125:wsdl.binding-message:audit
          <wsdl:output message="s:Level"/>|<wsdl:output message="s:Leval"/>|68:wsdl.unresolved-message:changed
          use="literal" parts="level"|use="encoded" parts="level"|92:wsdl.encoded-use:reserve
          """)
  void a_broken_rule_is_a_finding(String old, String text, String finding) throws Exception {
    var findings = stockWith(old, text == null ? "" : text).findings();
    assertThat(findings)
        .extracting(f -> "%d:%s:%s".formatted(f.location().line(), f.rule(), f.element()))
        .contains(finding);
    assertThat(findings).allMatch(f -> f.location().file().equals("stock.wsdl"));
  }

  @Test
  void two_wrappers_of_one_name_are_a_finding() throws Exception {
    var bundle = stockWith("operation name=\"changed\"", "operation name=\"reserveResponse\"");
    var source = Files.readString(folder.resolve("stock.wsdl"));
    bundle.with(
        "stock.wsdl",
        source.replace("operation name=\"changed\"", "operation name=\"reserveResponse\""));
    assertThat(bundle.findings())
        .extracting(Finding::problem)
        .containsExactly(
            "Expected the wrapper {urn:example:stock}reserveResponse of operation 'reserveResponse'"
                + " to be the only element of that name, but there is another at stock.wsdl:39:3.");
  }

  @Test
  void a_finding_tells_what_the_other_binding_writes() throws Exception {
    assertThat(
            stockWith(
                    "soap12:body use=\"literal\" namespace=\"urn:example:stock:calls\"",
                    "soap12:body use=\"literal\" namespace=\"urn:example:stock\"")
                .findings())
        .containsExactly(
            Finding.error(
                new Location("stock.wsdl", 122, 19),
                "correct",
                "wsdl.mixed-bindings",
                "Expected every binding to write operation 'correct' alike: rpc, element"
                    + " {urn:example:stock:calls}correct with sku, level, as at stock.wsdl:96:5;"
                    + " but found rpc, element {urn:example:stock}correct with sku, level.",
                "Bind it alike, or give one of the bindings a port type of its own."));
  }

  @Test
  void a_message_of_types_is_not_for_document_style() throws Exception {
    var findings = stockWith("style=\"rpc\" transport", "style=\"document\" transport").findings();
    assertThat(findings)
        .filteredOn(f -> f.rule().equals("wsdl.several-body-parts"))
        .extracting(Finding::element)
        .contains("level");
    assertThat(findings)
        .filteredOn(f -> f.rule().equals("wsdl.mixed-bindings"))
        .extracting(Finding::problem)
        .containsExactly(
            "Expected every binding to write operation 'correct' alike: document, as at"
                + " stock.wsdl:96:5; but found rpc.");
  }

  private Bundle stockWith(String old, String text) throws IOException {
    var source = Files.readString(Path.of("src/test/resources/wsdl/rpc/stock.wsdl"));
    assertThat(source).contains(old);
    int at = source.indexOf(old);
    return new Bundle(folder)
        .with("stock.wsdl", source.substring(0, at) + text + source.substring(at + old.length()));
  }

  private static Operation operation(String name) throws Exception {
    return Bundle.of("rpc")
        .read()
        .find(stock("Stock"))
        .flatMap(i -> i.operation(name))
        .orElseThrow();
  }

  private static QName stock(String name) {
    return new QName("urn:example:stock", name);
  }

  private static QName types(String name) {
    return new QName("urn:example:stock:types", name);
  }
}
