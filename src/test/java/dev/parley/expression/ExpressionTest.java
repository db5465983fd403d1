package dev.parley.expression;

import static dev.parley.expression.Given.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.message.Body;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpressionTest {

  @Test
  void the_context_item_is_a_document_whose_element_is_the_message() throws Exception {
    assertThat(anOrder().xpath("/o:order/@kind").asText()).isEqualTo("fast");
    assertThat(anOrder().xpath("o:order/o:line[2]").asText()).isEqualTo("two");
    assertThat(anOrder().xquery(". instance of document-node()").asBoolean()).isTrue();
  }

  @Test
  void a_name_without_prefix_means_no_namespace() throws Exception {
    assertThat(anOrder().xpath("/order").isEmpty()).isTrue();
    assertThat(anOrder().xpath("/o:order/note").asText()).isEqualTo("plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$order/o:id",
        "getDataObject('order')/o:id",
        "getDataInput(\"order\")/o:id",
        "getDataOutput('order')/o:id",
        "getProcessProperty('order')/o:id",
        "b:getDataObject('order')/o:id",
        "let $x := getDataObject('order') return $x/o:id"
      })
  void a_data_item_is_its_element_by_variable_and_by_function(String text) throws Exception {
    var namespaces = Map.of("o", "urn:orders", "b", "http://www.omg.org/spec/BPMN/20100524/MODEL");
    var given = anOrder().context(null).with("order", Value.xml(Given.ORDER));

    for (var language : Language.values()) {
      var expression =
          Given.EXPRESSIONS.compile(language, text, namespaces, Set.of("order", "other"));
      assertThat(expression.evaluate(given).asText()).isEqualTo(" 4 \n 2");
    }
  }

  @Test
  void a_data_item_that_is_not_set_is_the_empty_sequence() throws Exception {
    assertThat(anOrder().with("gone", Value.EMPTY).xpath("empty($gone)").asBoolean()).isTrue();
    assertThat(anOrder().with("gone", Value.EMPTY).xquery("empty($gone)").asBoolean()).isTrue();
  }

  @Test
  void a_function_for_data_items_wants_a_literal_that_names_one() {
    var given = anOrder().with("order", Value.text("x"));

    assertThatThrownBy(() -> given.xpath("getDataObject(string(.))"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("Expected getDataObject('name')");
    assertThatThrownBy(() -> given.xpath("getDataObject('ordre')"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("in scope are $order");
    assertThatThrownBy(() -> given.xpath("for-each(('order', 'ordre'), getDataObject#1)"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("getDataObject('ordre') names no data item");
  }

  @Test
  void a_variable_that_is_not_known_is_an_error_that_names_the_known_ones() {
    for (var language : Language.values()) {
      assertThatThrownBy(
              () ->
                  Given.EXPRESSIONS.compile(
                      language, "$ordre", Map.of(), Set.of("order", "customer")))
          .isInstanceOf(ExpressionException.class)
          .hasMessageContaining("$ordre")
          .hasMessageContaining("in scope are $customer, $order")
          .hasMessageContaining("[XPST0008]");
    }
  }

  @Test
  void an_error_says_where_it_is() {
    for (var language : Language.values()) {
      var error =
          catchThrowableOfType(
              ExpressionException.class,
              () -> Given.EXPRESSIONS.compile(language, "1 +\n  2 + )", Map.of(), Set.of()));
      assertThat(error).hasMessageStartingWith("Line 2, column").hasMessageEndingWith("[XPST0003]");
      assertThat(error.line()).isEqualTo(2);
      assertThat(error.column()).isBetween(5, 8);
    }
  }

  @Test
  void an_evaluation_that_fails_says_where_and_why() {
    assertThatThrownBy(() -> anOrder().xpath("1 +\n xs:integer(/o:order/note)"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith("Line 2")
        .hasMessageContaining("plain")
        .hasMessageEndingWith("[FORG0001]")
        .extracting(e -> ((EvaluationException) e).code())
        .isEqualTo("FORG0001");
  }

  @Test
  void the_same_environment_gives_the_same_bytes() throws Exception {
    var text =
        "<r at='{current-dateTime()}' on='{current-date()}' of='{current-time()}'"
            + " z='{implicit-timezone()}'>{parley:uuid(), parley:uuid(),"
            + " format-date(current-date(), '[MNn]'), map:keys(map{'b':1,'a':2,'c':3})}</r>";

    var first = anOrder().xquery(text);

    assertThat(first.encode()).isEqualTo(anOrder().xquery(text).encode());
    assertThat(first.asBody().toString())
        .startsWith(
            "<r at=\"2026-02-03T04:05:06.789Z\" on=\"2026-02-03Z\" of=\"04:05:06.789Z\""
                + " z=\"PT0S\">uuid-1 uuid-2 February ");
  }

  @Test
  void every_call_of_uuid_gives_another() throws Exception {
    assertThat(anOrder().xpath("(1 to 3) ! parley:uuid()").asText())
        .isEqualTo("uuid-1 uuid-2 uuid-3");
    assertThat(anOrder().xquery("for $i in 1 to 2 return parley:uuid()").asText())
        .isEqualTo("uuid-1 uuid-2");
  }

  @Test
  void a_constructed_element_is_written_without_declaration_and_indentation() throws Exception {
    var value =
        anOrder()
            .xquery(
                "<p:bill xmlns:p='urn:p'>{/o:order/o:id, <p:sum>{1 + 1}</p:sum>}"
                    + "<x>ä\u20ac\ud83d\ude00&amp;</x></p:bill>");

    assertThat(value.asBody())
        .isEqualTo(
            Body.of(
                "<p:bill xmlns:p=\"urn:p\"><o:id xmlns:o=\"urn:orders\"> 4 \n 2</o:id>"
                    + "<p:sum>2</p:sum><x>ä\u20ac\ud83d\ude00&amp;</x></p:bill>"));
  }

  @Test
  void an_element_taken_out_of_a_message_brings_its_namespaces() throws Exception {
    var message = Value.xml(Body.of("<a xmlns='urn:a' xmlns:q='urn:q'><b t='q:x'>1</b></a>"));

    assertThat(anOrder().context(message).xpath("/*/*").asBody().toString())
        .isEqualTo("<b xmlns=\"urn:a\" xmlns:q=\"urn:q\" t=\"q:x\">1</b>");
  }

  @Test
  void a_whole_message_keeps_its_bytes() throws Exception {
    assertThat(anOrder().xpath("/").asBody()).isSameAs(Given.ORDER);
    assertThat(anOrder().xquery("/o:order").asBody()).isSameAs(Given.ORDER);
  }

  @Test
  void a_stored_element_has_nothing_around_it_before_and_after_storing() throws Exception {
    var line = anOrder().xpath("/o:order/o:line[2]");
    var restored = Value.decode(line.encode());
    var text = "concat(count($line/ancestor::*), count($line/preceding::*), $line/@n)";

    assertThat(anOrder().with("line", line).xpath(text).asText()).isEqualTo("002");
    assertThat(anOrder().with("line", restored).xpath(text).asText()).isEqualTo("002");
  }

  @Test
  void a_map_is_not_a_value() {
    assertThatThrownBy(() -> anOrder().xpath("map { 'a': 1 }").asText())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("found a map");
  }

  @Test
  void a_language_is_known_by_its_uri() {
    assertThat(Language.ofUri("http://www.w3.org/1999/XPath")).contains(Language.XPATH);
    assertThat(Language.ofUri("application/xquery")).contains(Language.XQUERY);
    assertThat(Language.ofUri("http://www.w3.org/2005/xpath-functions")).isEmpty();
  }

  @Test
  void an_expression_serves_many_threads_at_once() throws Exception {
    var message = Value.xml(Given.ORDER);
    var expression =
        Given.EXPRESSIONS.compile(
            Language.XQUERY,
            "declare function local:a($x) { if ($x > 1) then local:b($x) else $x }; declare"
                + " function local:b($x) { $x * 10 }; <r>{for $l in $order/o:line return"
                + " local:a(xs:integer($l/@n)), /o:order/o:id}</r>",
            Given.NAMESPACES,
            Set.of("order"));

    var results =
        IntStream.range(0, 2000)
            .parallel()
            .mapToObj(_ -> expression.evaluate(anOrder().context(message).with("order", message)))
            .map(value -> value.asBody().toString())
            .distinct();

    assertThat(results).containsExactly("<r>1 20<o:id xmlns:o=\"urn:orders\"> 4 \n 2</o:id></r>");
  }
}
