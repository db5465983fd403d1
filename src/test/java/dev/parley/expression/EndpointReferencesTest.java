package dev.parley.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EndpointReferencesTest {
  private static final String CORE = "http://www.w3.org/2005/08/addressing";
  private static final String SUBMISSION = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

  private static Value xml(String text) {
    return Value.xml(Body.of(text));
  }

  private static Value reference(String addressing, String content) {
    return xml(
        "<x:endpoint xmlns:x=\"urn:x\" xmlns:a=\"%s\">%s</x:endpoint>"
            .formatted(addressing, content));
  }

  @ParameterizedTest
  @ValueSource(strings = {CORE, SUBMISSION})
  void an_element_of_any_name_with_an_address_is_one(String addressing) {
    var value = reference(addressing, "<a:Address>\n  http://a.test/b?c=1&amp;d \n</a:Address>");
    assertThat(EndpointReferences.of(value))
        .isEqualTo(EndpointReference.of("http://a.test/b?c=1&d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReferenceParameters", "ReferenceProperties"})
  void its_parameters_are_kept_in_their_order(String holder) {
    var value =
        reference(
            SUBMISSION,
            "<a:Address>http://a.test/</a:Address><a:%1$s><p xmlns=\"urn:p\">1</p><q xmlns=\"urn:p\"><r/></q></a:%1$s><a:Metadata><m/></a:Metadata>"
                .formatted(holder));
    var parameters = EndpointReferences.of(value).parameters();
    assertThat(parameters.stream().map(Value::xml).map(v -> v.element().orElseThrow().toString()))
        .containsExactly("{urn:p}p", "{urn:p}q");
    assertThat(parameters.getFirst().toString()).endsWith(">1</p>");
  }

  @Test
  void properties_of_the_submission_go_with_its_parameters() {
    var value =
        reference(
            SUBMISSION,
            "<a:Address>http://a.test/</a:Address><a:ReferenceProperties><p/></a:ReferenceProperties><a:ReferenceParameters><q/></a:ReferenceParameters>");
    assertThat(EndpointReferences.of(value).parameters()).hasSize(2);
  }

  @Test
  void text_is_an_address() {
    assertThat(EndpointReferences.of(Value.text(" http://a.test/ ")))
        .isEqualTo(EndpointReference.of("http://a.test/"));
  }

  @Test
  void an_element_found_in_a_document_is_one_too() throws Exception {
    var given =
        Given.anOrder()
            .context(
                xml(
                    "<m xmlns:a=\"%s\"><e><a:Address>http://a.test/</a:Address></e></m>"
                        .formatted(CORE)));
    assertThat(EndpointReferences.of(given.xpath("/m/e")))
        .isEqualTo(EndpointReference.of("http://a.test/"));
  }

  @Test
  void without_an_address_there_is_none_and_the_error_says_so() {
    for (var value :
        List.of(
            Value.EMPTY,
            Value.text("  "),
            xml("<e>http://a.test/</e>"),
            reference(CORE, "<a:Address/>"))) {
      assertThatThrownBy(() -> EndpointReferences.of(value))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("Expected an endpoint reference with a wsa:Address");
    }
  }

  @Test
  void an_address_in_another_element_is_not_its_own() {
    var value = reference(CORE, "<nested><a:Address>http://nested.test/</a:Address></nested>");
    assertThatThrownBy(() -> EndpointReferences.of(value)).isInstanceOf(EvaluationException.class);
  }

  @Test
  void what_is_written_is_read_as_it_was() {
    var reference =
        new EndpointReference(
            "http://a.test/?x=1&y=<2>", List.of(Body.of("<p xmlns=\"urn:p\">1</p>")));
    var value = EndpointReferences.value(reference);
    assertThat(value.element().orElseThrow().toString())
        .isEqualTo("{" + CORE + "}EndpointReference");
    var read = EndpointReferences.of(value);
    assertThat(read.address()).isEqualTo(reference.address());
    assertThat(read.parameters())
        .singleElement()
        .satisfies(p -> assertThat(p.toString()).contains("urn:p").endsWith(">1</p>"));
  }

  @Test
  void one_without_parameters_has_no_element_for_them() {
    assertThat(EndpointReferences.value(EndpointReference.NONE).toString())
        .doesNotContain("ReferenceParameters");
  }
}
