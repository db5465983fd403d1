package dev.parley.expression;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Body;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExtractorTest {
  private static final Body MESSAGE =
      Body.of(
          "<o:order xmlns:o='urn:orders' kind=' fast  lane '><o:id> 4 \n 2</o:id>"
              + "<o:line n='1'/><o:line n='2'>a<!-- c -->b<![CDATA[ <c> ]]><d> d&#x20;</d></o:line>"
              + "<o:line o:n='3'>x</o:line><note>plain</note><id>none</id></o:order>");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/o:order/o:id",
        "o:order/o:id",
        " o:order/o:id ",
        "/o:order/@kind",
        "/o:order/o:line",
        "/o:order/o:line/text()",
        "/o:order/o:line/@n",
        "/o:order/o:line/@o:n",
        "/o:order/o:line/d",
        "/o:order/*",
        "/*/*:id",
        "/*/id",
        "/o:*/note",
        "/*",
        "/order/id",
        "/o:order/text()",
        "/o:order/note/text()",
        "/o:order/o:missing/@n"
      })
  void a_simple_path_gives_what_xpath_says(String text) throws Exception {
    var expected = reference(text);

    assertThat(SimplePath.of(new Path(text, Given.NAMESPACES))).isNotNull();
    assertThat(extract(MESSAGE, text)).isEqualTo(asList(expected));
  }

  @Test
  void all_paths_are_answered_whatever_their_order_and_form() throws Exception {
    assertThat(
            extract(
                MESSAGE,
                "/o:order/note",
                "/o:order/o:line[2]/@n",
                "/o:order",
                "count(/o:order/o:line)",
                "/o:order/o:nothing",
                "//o:nothing",
                "/o:order/o:id"))
        .isEqualTo(asList("plain", "2", "4 2ab <c> d xplainnone", "3", null, null, "4 2"));
  }

  @Test
  void white_space_is_collapsed() throws Exception {
    assertThat(extract(MESSAGE, "/o:order/o:id", "/o:order/@kind", "string(/o:order/@kind)"))
        .containsExactly("4 2", "fast lane", "fast lane");
    assertThat(
            Stream.of("", " ", "\t\r\n", "a", " a", "a ", "a  b", "a\u00a0 b")
                .map(Whitespace::collapse))
        .containsExactly("", "", "", "a", "a", "a", "a b", "a\u00a0 b");
  }

  @Test
  void an_empty_element_has_the_empty_text() throws Exception {
    assertThat(extract(Body.of("<a><b/></a>"), "/a/b", "/a/b/text()")).isEqualTo(asList("", null));
  }

  @Test
  void a_document_type_is_refused() {
    var body = Body.of("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>");

    assertThatThrownBy(() -> extract(body, "/a")).isInstanceOf(EvaluationException.class);
    assertThatThrownBy(() -> extract(body, "string(/a)")).isInstanceOf(EvaluationException.class);
    assertThatThrownBy(() -> extract(Body.of("<a>&e;</a>"), "/a"))
        .isInstanceOf(EvaluationException.class);
  }

  @Test
  void bytes_that_are_no_element_are_refused() {
    assertThatThrownBy(() -> extract(Body.of("<a><b>"), "/a/b"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("Expected one well-formed element");
  }

  @Test
  void a_prefix_that_is_not_declared_does_not_compile() {
    assertThatThrownBy(() -> Given.EXPRESSIONS.extractor(List.of(new Path("/p:a", Map.of()))))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("p");
  }

  private static List<@Nullable String> extract(Body body, String... texts) throws Exception {
    var paths = Stream.of(texts).map(text -> new Path(text, Given.NAMESPACES)).toList();
    return Given.EXPRESSIONS.extractor(paths).extract(body);
  }

  private static @Nullable String reference(String text) throws Exception {
    var value =
        Given.EXPRESSIONS
            .compile(
                Language.XPATH, "(" + text + ")[1]/normalize-space(.)", Given.NAMESPACES, Set.of())
            .evaluate(Given.anOrder().context(Value.xml(MESSAGE)));
    return value.isEmpty() ? null : value.asText();
  }
}
