package dev.parley.conformance.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CaseReaderTest {
  private static final String CASE =
      "<case xmlns='urn:parley:conformance:1' xmlns:o='urn:example:order'"
          + " xmlns:s='urn:example:supplier' xmlns:f='urn:parley:fault:1' xmlns:h='urn:hello'>\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private List<Finding> findings(String steps) throws IOException {
    Files.writeString(folder.resolve("case.xml"), CASE + steps + "</case>");
    try {
      new CaseReader(Path.of("")).read(List.of(folder));
      return List.of();
    } catch (RefusedException e) {
      return e.findings();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "<sned operation='pay'/>                             | case.schema      | sned",
        "<advance by='5 minutes'/>                           | case.schema      | 5 minutes",
        "<send operation='pya'/>                             | case.operation   | order/pay",
        "<send process='odrer' operation='pay'/>             | case.operation   | odrer/pay",
        "<expect-accepted to='pay'/>                         | case.message     | 'pay'",
        "<expect-message at='supplier'/>                     | case.partner     | 'supplier'",
        "<deploy bundle='patterns/odrer'/>                   | case.bundle      | odrer",
        "<send operation='pay' messageId='${id}'/>           | case.capture     | ${id}",
        "<send operation='pay' messageId='${id'/>            | case.placeholder | ${id",
        "<send operation='pay'/><send operation='pay'/>      | case.twice       | 'pay'",
        "<send operation='pay'/><settings validate='false'/> | case.late-settings | after one",
        "<send process='order'/>                             | case.send        | neither",
        "<send operation='pay' message='pay'/>               | case.send        | both",
        "<send message='paid' relatesTo='x'/>                | case.send        | relatesTo",
        "<send operation='pay'><json>{}</json></send>        | case.send        | <json>",
        "<send message='paid'><json>{a}</json></send>        | case.json        | {a}",
        "<send message='paid'/>                              | case.operation   | 'paid'",
        "<start process='odrer'/>                            | case.operation   | 'odrer'",
        "<complete task='approve'/>                          | case.operation   | 'approve'",
        "<partner name='supplier' protocol='rest'><accept/></partner> | case.schema | protocol"
      })
  void a_mistake_is_told_with_its_line(String step, String rule, String found) throws IOException {
    var findings = findings("<deploy bundle='patterns/order'/>\n" + step);

    assertThat(findings)
        .anySatisfy(
            f -> {
              assertThat(f.rule()).isEqualTo(rule);
              assertThat(f.location().line()).isEqualTo(3);
              assertThat(f.location().file()).endsWith("case.xml");
              assertThat(f.problem()).contains(found);
              assertThat(f.remedy()).isNotBlank();
            });
  }

  @Test
  void a_case_deploys_something() throws IOException {
    assertThat(findings("<nothing-else/>")).extracting(Finding::rule).contains("case.no-bundle");
  }

  @Test
  void a_bundle_that_is_refused_is_told_once() throws IOException {
    var bundle = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(bundle.resolve("one.bpmn"), "<definitions/>");
    Files.writeString(bundle.resolve("two.bpmn"), "<definitions/>");

    var findings = findings("<deploy bundle='broken'/>\n<send operation='pay'/>");

    assertThat(findings).extracting(Finding::rule).containsExactly("case.bundle");
    assertThat(findings.getFirst().problem()).contains("refused with", "the first is one.bpmn:1");
  }

  @Test
  void what_is_not_well_formed_is_told_with_its_line() throws IOException {
    assertThat(findings("<deploy>\n"))
        .anySatisfy(f -> assertThat(f.location().line()).isEqualTo(3));
  }

  @Test
  void a_folder_without_cases_is_refused() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> new CaseReader(Path.of("")).read(List.of(folder)))
        .withMessageContaining("case.none");
  }

  @Test
  void the_guides_examples_fit_the_schema() throws IOException {
    var examples = examples();
    assertThat(examples).hasSizeGreaterThan(6);
    for (String example : examples) {
      boolean isWhole = example.startsWith("<case");
      var file = folder.resolve("example.xml");
      Files.writeString(file, isWhole ? example : CASE + example + "</case>");
      var findings = new ArrayList<Finding>();
      var _ = CaseDocument.read(file, "example.xml", findings);
      assertThat(findings).as(example).isEmpty();
    }
  }

  private static List<String> examples() throws IOException {
    var guide = Files.readString(Path.of("docs/conformance.md"));
    return Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL)
        .matcher(guide)
        .results()
        .map(m -> m.group(1))
        .toList();
  }
}
