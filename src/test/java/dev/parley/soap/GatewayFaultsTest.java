package dev.parley.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.wsdl.Wsdl;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GatewayFaultsTest {
  private static final Path FOLDER = Path.of("wsdl");
  private static final List<String> KINDS =
      Arrays.stream(FaultKind.values()).map(FaultKind::wireName).toList();

  @ParameterizedTest
  @EnumSource
  void the_detail_of_every_fault_fits_the_schema(FaultKind kind) throws Exception {
    var schema = schema();
    var fault = Fault.of(kind, "Why < not", "Do & try");
    for (var subject :
        List.of(
            new WireFault.Subject("shop", "submit", "17"),
            new WireFault.Subject("shop", null, null))) {
      var detail = WireFault.of(fault, subject).detail().toString();
      schema.newValidator().validate(new StreamSource(new StringReader(detail)));
    }
  }

  @Test
  void the_schema_has_exactly_these_faults_each_with_its_documentation() throws Exception {
    var xsd = Files.readString(FOLDER.resolve("parley-faults.xsd"));
    assertThat(
            found(
                xsd,
                "<xs:element name=\"(\\w+)\""
                    + " type=\"f:Detail\">\\s*<xs:annotation><xs:documentation>\\w"))
        .containsExactlyElementsOf(KINDS);
  }

  @Test
  void the_messages_for_contracts_are_exactly_these_faults() throws Exception {
    var text = Files.readString(FOLDER.resolve("parley-faults.wsdl"));
    assertThat(
            found(
                text,
                "<wsdl:message name=\"(\\w+)\"><wsdl:part name=\"detail\" element=\"f:\\1\"/>"))
        .containsExactlyElementsOf(KINDS);
    var contract = Wsdl.read(FOLDER, List.of(FOLDER.resolve("parley-faults.wsdl")));
    assertThat(contract.interfaces()).isEmpty();
  }

  @Test
  void the_documentation_lists_exactly_these_faults_with_whom_they_depend_on() throws Exception {
    Function<FaultKind, String> row =
        k ->
            "| `%s` | %s |"
                .formatted(
                    k.wireName(), k.blame() == FaultKind.Blame.SENDER ? "Sender" : "Receiver");
    assertThat(found(Files.readString(Path.of("docs/faults.md")), "(?m)^(\\| `\\w+` \\| \\w+ \\|)"))
        .containsExactlyElementsOf(Arrays.stream(FaultKind.values()).map(row).toList());
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(1))
        .toList();
  }

  private static Schema schema() throws Exception {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(FOLDER.resolve("parley-faults.xsd").toFile());
  }
}
