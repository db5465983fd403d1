package dev.parley.wsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import dev.parley.message.MessageExchangePattern;
import java.nio.file.Path;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shape of an operation says of its pattern, and what only the extension can. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PatternsTest {
  private static final QName TYPE = new QName("urn:p", "T");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "in, IN_ONLY",
    "in fault, ROBUST_IN_ONLY",
    "in out, IN_OUT",
    "in out fault, IN_OUT",
    "out, OUT_ONLY",
    "out fault, ROBUST_OUT_ONLY",
    "out in, OUT_IN",
    "out in fault, OUT_IN",
    "in =in-only, IN_ONLY",
    "in =robust-in-only, ROBUST_IN_ONLY",
    "in fault =robust-in-only, ROBUST_IN_ONLY",
    "in =robust-in-only+fault, ROBUST_IN_ONLY",
    "in out =in-out, IN_OUT",
    "in out =in-opt-out, IN_OPT_OUT",
    "in out fault =in-opt-out, IN_OPT_OUT",
    "out =out-only, OUT_ONLY",
    "out =robust-out-only, ROBUST_OUT_ONLY",
    "out =robust-out-only+fault, ROBUST_OUT_ONLY",
    "out in =out-in, OUT_IN",
    "out in =out-opt-in, OUT_OPT_IN",
    "out in fault =out-opt-in, OUT_OPT_IN",
  })
  void an_operation_of_either_style_has_its_pattern(String shape, MessageExchangePattern pattern)
      throws Exception {
    for (var style : new String[] {"document", "rpc"}) {
      var contract = bundle(shape, style).read();
      var operation = contract.find(TYPE).flatMap(t -> t.operation("o")).orElseThrow();
      assertThat(operation.pattern()).isEqualTo(pattern);
      assertThat(operation.input() != null).isEqualTo(shape.matches(".*\\bin\\b(?!-).*"));
      assertThat(operation.faults().isEmpty()).isEqualTo(!shape.contains("fault"));
      assertThat(contract.ports().getFirst().soapActions()).containsEntry("o", "urn:p:o");
      assertThat(contract.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in =out-only",
        "in =in-out",
        "in =robust-out-only",
        "in =in-opt-out",
        "in out =in-only",
        "in out =out-in",
        "in out =out-opt-in",
        "out =in-only",
        "out =robust-in-only",
        "out =out-in",
        "out =out-opt-in",
        "out in =in-out",
        "out in =in-opt-out",
        "out in =out-only",
        "out in =robust-out-only",
      })
  void a_pattern_with_other_messages_is_refused(String shape) throws Exception {
    assertThat(bundle(shape, "document").findings())
        .extracting(Finding::rule)
        .containsExactly("wsdl.pattern-shape");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in fault =in-only",
        "in =in-only+fault",
        "out fault =out-only",
        "out =out-only+fault"
      })
  void a_pattern_that_knows_no_faults_is_refused_with_some(String shape) throws Exception {
    assertThat(bundle(shape, "document").findings())
        .extracting(Finding::rule)
        .containsExactly("wsdl.pattern-faults");
  }

  @Test
  void a_refusal_tells_which_patterns_the_messages_allow() throws Exception {
    assertThat(bundle("out =in-only", "document").findings())
        .containsExactly(
            Finding.error(
                new Location("p.wsdl", 12, 58),
                "o",
                "wsdl.pattern-shape",
                "Expected a pattern of a notification operation (out-only, robust-out-only), but"
                    + " found 'http://www.w3.org/ns/wsdl/in-only'.",
                "Use one of these, or give the operation the messages of the pattern, in their"
                    + " order."));
  }

  @Test
  void a_refusal_of_faults_names_the_robust_pattern() throws Exception {
    assertThat(bundle("out fault =out-only", "document").findings())
        .extracting(Finding::remedy)
        .containsExactly("Remove the faults, or use the pattern 'robust-out-only'.");
  }

  @Test
  void an_operation_with_two_patterns_is_refused() throws Exception {
    assertThat(bundle("in =in-only =robust-in-only", "document").findings())
        .extracting(Finding::rule)
        .containsExactly("wsdl.pattern-twice");
  }

  @ParameterizedTest(name = "{0} bound with {1}")
  @CsvSource({"out, in", "out, out in", "in, out", "in fault, in out"})
  void a_binding_has_only_the_messages_of_its_operation(String shape, String bound)
      throws Exception {
    assertThat(bundle(shape, "document", bound).findings())
        .extracting(Finding::rule)
        .containsExactly("wsdl.binding-message");
  }

  private Bundle bundle(String shape, String style) throws Exception {
    return bundle(shape, style, shape);
  }

  private Bundle bundle(String shape, String style, String bound) throws Exception {
    boolean rpc = style.equals("rpc");
    var part = rpc ? "type=\"xs:string\"" : "element=\"p:m\"";
    var body = rpc ? "<soap:body use='literal' namespace='urn:p'/>" : "<soap:body use='literal'/>";
    var operation = new StringBuilder();
    for (var word : shape.split(" ", -1)) {
      operation.append(
          switch (word) {
            case "in" -> "<wsdl:input message=\"p:M\"/>";
            case "out" -> "<wsdl:output message=\"p:M\"/>";
            case "fault" -> "<wsdl:fault name=\"f\" message=\"p:F\"/>";
            default -> extension(word.substring(1));
          });
    }
    var binding = new StringBuilder();
    for (var word : bound.split(" ", -1)) {
      binding.append(
          switch (word) {
            case "in" -> "<wsdl:input>" + body + "</wsdl:input>";
            case "out" -> "<wsdl:output>" + body + "</wsdl:output>";
            case "fault" ->
                "<wsdl:fault name='f'><soap:fault name='f' use='literal'/></wsdl:fault>";
            default -> "";
          });
    }
    var wsdl =
        """
        <wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
            xmlns:parley="urn:parley:1" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:p" targetNamespace="urn:p">
          <wsdl:types>
            <xs:schema targetNamespace="urn:p">
              <xs:element name="m" type="xs:string"/>
              <xs:element name="f" type="xs:string"/>
            </xs:schema>
          </wsdl:types>
          <wsdl:message name="M"><wsdl:part name="body" %1$s/></wsdl:message>
          <wsdl:message name="F"><wsdl:part name="detail" element="p:f"/></wsdl:message>
          <wsdl:portType name="T">
            <wsdl:operation name="o">%2$s</wsdl:operation>
          </wsdl:portType>
          <wsdl:binding name="B" type="p:T">
            <soap:binding style="%3$s" transport="http://schemas.xmlsoap.org/soap/http"/>
            <wsdl:operation name="o"><soap:operation soapAction="urn:p:o"/>%4$s</wsdl:operation>
          </wsdl:binding>
          <wsdl:service name="S">
            <wsdl:port name="P" binding="p:B"><soap:address location="http://localhost"/></wsdl:port>
          </wsdl:service>
        </wsdl:definitions>
        """
            .formatted(part, operation, style, binding);
    return new Bundle(folder).with("p.wsdl", wsdl);
  }

  private static String extension(String pattern) {
    var fault = pattern.endsWith("+fault") ? "<parley:fault name=\"f\" message=\"p:F\"/>" : "";
    return "<parley:pattern uri=\"http://www.w3.org/ns/wsdl/%s\">%s</parley:pattern>"
        .formatted(pattern.replace("+fault", ""), fault);
  }
}
