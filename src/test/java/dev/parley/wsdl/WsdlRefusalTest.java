package dev.parley.wsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WsdlRefusalTest {

  @TempDir Path folder;
  private Bundle bundle;

  @BeforeEach
  void copy() throws IOException {
    bundle = Bundle.single(Files.createDirectory(folder.resolve("bundle")));
  }

  @Test
  void a_finding_tells_where_what_and_the_remedy() throws Exception {
    bundle.replacing("style=\"document\"", "style=\"wrapped\"");
    assertThat(bundle.findings())
        .containsExactly(
            Finding.error(
                new Location("orders.wsdl", 88, 5),
                "Soap11",
                "wsdl.style",
                "Expected style 'document' or 'rpc', but found 'wrapped'.",
                "Use one of the two."));
  }

  @Test
  void all_findings_are_told_at_once() throws Exception {
    bundle
        .replacing("style=\"document\"", "style=\"wrapped\"")
        .replacing(
            "part name=\"fault\" element=\"o:outOfStock\"",
            "part name=\"fault\" type=\"xs:string\"")
        .replacing("o:order\"/>", "o:ordre\"/>")
        .replacing("<soap:body use=\"literal\"", "<soap:body use=\"encoded\"");
    assertThat(bundle.summary())
        .containsExactly(
            "orders.wsdl:38 wsdl.undeclared-element body",
            "orders.wsdl:45 wsdl.body-type fault",
            "orders.wsdl:88 wsdl.style Soap11",
            "orders.wsdl:96 wsdl.encoded-use order");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <soap:operation soapAction=""|<soap:operation style="wrapped"|orders.wsdl:103 wsdl.style ping
          parts="body" use="literal"|use="encoded"|orders.wsdl:93 wsdl.encoded-use order
          soap/http|soap/smtp|orders.wsdl:88 wsdl.transport Soap11
          element="o:confirmation"|type="xs:string"|orders.wsdl:42 wsdl.body-type body
          element="o:confirmation"|element="o:number"|orders.wsdl:42 wsdl.undeclared-element body
          <wsdl:message name="Nothing"/>|<wsdl:message name="Nothing"><wsdl:part name="a" element="o:order"/><wsdl:part name="b" element="o:ticket"/></wsdl:message>|orders.wsdl:47 wsdl.several-body-parts b
          input message="o:Order"|input message="o:Ordre"|orders.wsdl:51 wsdl.unresolved-message order
          type="o:Ordering"|type="o:Ordring"|orders.wsdl:87 wsdl.unresolved-port-type Soap11
          binding="o:Soap11"|binding="o:Soap10"|orders.wsdl:121 wsdl.unresolved-binding Soap11
          <wsdl:binding name="Soap12"|<wsdl:binding name="Soap11"|orders.wsdl:110 wsdl.duplicate-binding Soap11
          <wsdl:operation name="ping">|<wsdl:operation name="order">|orders.wsdl:55 wsdl.overloaded-operation order
          robust-in-only"|in-only"|orders.wsdl:60 wsdl.pattern-faults confirm
          robust-in-only"|in-opt-out"|orders.wsdl:60 wsdl.pattern-shape confirm
          in-opt-out"|out-opt-in"|orders.wsdl:67 wsdl.pattern-shape ask
          in-opt-out"|in-and-out"|orders.wsdl:67 wsdl.unknown-pattern ask
          parley:fault name="outOfStock" message="o:OutOfStock"|parley:fault name="outOfStock" message="o:Absent"|orders.wsdl:61 wsdl.unresolved-message outOfStock
          parley:fault name="outOfStock" message="o:OutOfStock"|parley:fault name="outOfStock" message="o:Nothing"|orders.wsdl:61 wsdl.fault-part outOfStock
          parley:fault name="outOfStock"|parley:fault|orders.wsdl:61 wsdl.fault-name confirm
          <wsdl:input message="o:Nothing"/>|<wsdl:documentation/>|orders.wsdl:55 wsdl.operation-shape ping
          <soap12:operation/>|<soap12:operation/></wsdl:operation><wsdl:operation name="absent">|orders.wsdl:113 wsdl.unresolved-operation absent
          type="xs:int"|type="xs:itn"|orders.wsdl:21 schema.invalid
          </wsdl:types>|</wsdl:type>|orders.wsdl:35 xml.malformed
          <wsdl:message name="Nothing"/>|<wsdl:massage/>|orders.wsdl:47 wsdl.invalid Orders
          message="o:Order"|message="q:Order"|orders.wsdl:51 wsdl.invalid order
          """)
  void a_broken_rule_is_a_finding(String old, String text, String finding) throws Exception {
    bundle.replacing(old, text);
    assertThat(bundle.summary()).contains(finding);
  }

  @Test
  void a_port_type_of_another_document_by_the_same_name_is_a_finding() throws Exception {
    bundle.with(
        "second.wsdl",
        """
        <wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
            targetNamespace="urn:example:orders">
          <wsdl:portType name="Ordering"/>
        </wsdl:definitions>
        """);
    assertThat(bundle.summary()).containsExactly("second.wsdl:3 wsdl.duplicate-port-type Ordering");
  }

  @Test
  void a_doctype_is_refused_before_any_entity_is_read() throws Exception {
    bundle.replacing(
        "<wsdl:definitions",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><wsdl:definitions");
    assertThat(bundle.summary()).containsExactly("orders.wsdl:2 xml.doctype");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/a.wsdl",
        "file:///etc/passwd",
        "jar:file:/tmp/a.jar!/a.wsdl",
        "//example.com/a.wsdl",
        "/etc/passwd",
        "../outside.wsdl",
        "types/../../outside.wsdl",
        "types/%2e%2e/%2e%2e/outside.wsdl",
        "..\\outside.wsdl",
        "a%00.wsdl",
        "urn:example:outside"
      })
  void an_import_reaches_nothing_outside_the_bundle(String location) throws Exception {
    Files.writeString(folder.resolve("outside.wsdl"), "<secret/>");
    bundle
        .replacing(
            "<wsdl:types>",
            "<wsdl:import namespace=\"urn:x\" location=\"%s\"/><wsdl:types>".formatted(location))
        .replacing(
            "<xs:annotation>",
            "<xs:import namespace=\"urn:x\" schemaLocation=\"%s\"/><xs:annotation>"
                .formatted(location))
        .replacing(
            "<xs:annotation>",
            "<xs:include schemaLocation=\"%s\"/><xs:annotation>".formatted(location));
    assertThat(bundle.summary())
        .filteredOn(s -> s.contains("xml."))
        .containsExactly(
            "orders.wsdl:11 xml.import-outside Orders",
            "orders.wsdl:13 xml.import-outside Orders",
            "orders.wsdl:13 xml.import-outside Orders");
  }

  @Test
  void a_link_out_of_the_bundle_is_not_followed() throws Exception {
    var outside = Files.writeString(folder.resolve("secret.xsd"), "<secret/>");
    Files.createSymbolicLink(folder.resolve("bundle/link.xsd"), outside);
    bundle.replacing("<xs:annotation>", "<xs:include schemaLocation=\"link.xsd\"/><xs:annotation>");
    assertThat(bundle.summary()).contains("link.xsd:0 xml.import-outside");
  }

  @Test
  void an_import_of_a_missing_file_is_a_finding() throws Exception {
    bundle.replacing(
        "<wsdl:types>", "<wsdl:import namespace=\"urn:x\" location=\"absent.wsdl\"/><wsdl:types>");
    assertThat(bundle.summary()).containsExactly("orders.wsdl:11 xml.import-missing Orders");
  }

  @Test
  void a_namespace_imported_from_nowhere_is_a_finding() throws Exception {
    bundle.replacing("<xs:annotation>", "<xs:import namespace=\"urn:absent\"/><xs:annotation>");
    assertThat(bundle.summary()).containsExactly("orders.wsdl:13 schema.import-unresolved Orders");
  }

  @Test
  void a_port_over_jms_is_left_out_with_a_warning() throws Exception {
    bundle.replacing("http://schemas.xmlsoap.org/soap/http", "http://www.w3.org/2010/soapjms/");
    var contract = bundle.read();
    assertThat(contract.warnings()).extracting(Finding::rule).containsExactly("wsdl.jms-transport");
    assertThat(contract.ports()).extracting(Port::name).containsExactly("Soap12");
  }

  @Test
  void a_port_that_is_not_soap_is_left_out_with_a_warning() throws Exception {
    bundle.replacing(
        "<soap:binding style=\"document\" transport=\"http://schemas.xmlsoap.org/soap/http\"/>",
        "<http:binding xmlns:http=\"http://schemas.xmlsoap.org/wsdl/http/\" verb=\"GET\"/>");
    var contract = bundle.read();
    assertThat(contract.warnings()).extracting(Finding::rule).containsExactly("wsdl.not-soap");
    assertThat(contract.ports()).extracting(Port::name).containsExactly("Soap12");
  }
}
