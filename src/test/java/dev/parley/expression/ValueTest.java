package dev.parley.expression;

import static dev.parley.expression.Given.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ()                                | 01
          <a/>                              | 01 00 04 3c612f3e
          'x'                               | 01 01 01 78
          xs:untypedAtomic('x')             | 01 02 01 78
          true()                            | 01 03 04 74727565
          42                                | 01 04 02 3432
          1.50                              | 01 05 03 312e35
          1e3                               | 01 06 04 31303030
          xs:date('2026-02-03Z')            | 01 09 0b 323032362d30322d30335a
          xs:QName('parley:a')              | 01 0f 16 7b75726e3a7061726c65793a317d7061726c65793a61
          ('a', <b/>, 1)                    | 01 01 01 61 00 04 3c622f3e 04 01 31
          xs:ENTITY('e')                    | 01 2b 01 65
          """)
  void the_stored_form_does_not_change(String expression, String bytes) throws Exception {
    var expected = Blob.of(HexFormat.of().parseHex(bytes.replace(" ", "")));

    var value = anOrder().xquery(expression);

    assertThat(HexFormat.of().formatHex(value.encode().bytes())).isEqualTo(bytes.replace(" ", ""));
    assertThat(Value.decode(expected)).isEqualTo(value).hasSameHashCodeAs(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "()",
        "<a x='1'> t <b/><!-- c --><?p i?></a>",
        "'text', ''",
        "1.5, 1e-7, xs:float('INF'), xs:double('NaN'), -0e0",
        "current-dateTime(), current-date(), current-time(), xs:dateTime('2026-01-01T00:00:00')",
        "xs:dayTimeDuration('PT1H'), xs:yearMonthDuration('P1Y'), xs:duration('P1YT1S')",
        "xs:anyURI('urn:x'), xs:hexBinary('0aff'), xs:base64Binary('AAEC')",
        "xs:gYear('2026'), xs:gYearMonth('2026-01'), xs:gMonth('--02'), xs:gMonthDay('--02-03')",
        "xs:gDay('---01'), xs:long(1), xs:int(1), xs:unsignedByte(1), xs:positiveInteger(1)",
        "xs:token('a'), xs:NCName('a'), xs:language('de'), xs:normalizedString('a')",
        "QName('urn:a', 'p:l'), QName('', 'l'), QName('urn:a', 'l')",
        "1 to 300, string-join((1 to 300) ! 'x')"
      })
  void what_was_stored_comes_back(String text) throws Exception {
    var value = anOrder().xquery(text);

    var back = Value.decode(value.encode());

    assertThat(back).isEqualTo(value);
    assertThat(back.asText()).isEqualTo(value.asText());
    var types = "for $i in $v return if ($i instance of node()) then 'node' else string($i)";
    assertThat(anOrder().with("v", back).xquery(types).encode())
        .isEqualTo(anOrder().with("v", value).xquery(types).encode());
  }

  @Test
  void a_value_is_made_of_a_body_or_a_simple_value() throws Exception {
    assertThat(Value.xml(Given.ORDER).asBody()).isSameAs(Given.ORDER);
    assertThat(Value.xml(Body.EMPTY)).isSameAs(Value.EMPTY);
    assertThat(Value.text(" a ").asText()).isEqualTo(" a ");
    assertThat(Value.integer(-7)).isEqualTo(anOrder().xpath("-7"));
    assertThat(Value.decimal(new BigDecimal("1.50"))).isEqualTo(anOrder().xpath("1.5"));
    assertThat(Value.bool(true)).isEqualTo(anOrder().xpath("true()")).isNotEqualTo(Value.EMPTY);
  }

  @Test
  void nodes_that_are_no_elements_are_stored_as_their_text() throws Exception {
    assertThat(anOrder().xpath("/o:order/@kind"))
        .isEqualTo(anOrder().xpath("xs:untypedAtomic('fast')"));
    assertThat(anOrder().xpath("/o:order/note/text()").asText()).isEqualTo("plain");
  }

  @Test
  void the_effective_boolean_value_is_that_of_xpath() throws Exception {
    assertThat(Value.EMPTY.asBoolean()).isFalse();
    assertThat(Value.text("").asBoolean()).isFalse();
    assertThat(Value.text("false").asBoolean()).isTrue();
    assertThat(Value.integer(0).asBoolean()).isFalse();
    assertThat(Value.xml(Given.ORDER).asBoolean()).isTrue();
    assertThat(anOrder().xquery("<a b=''/>/@b").asBoolean()).isTrue();
    assertThat(anOrder().xpath("/o:order/o:line").asBoolean()).isTrue();
    assertThatThrownBy(() -> anOrder().xpath("(1, 2)").asBoolean())
        .isInstanceOf(EvaluationException.class)
        .hasMessageEndingWith("[FORG0006]");
  }

  @Test
  void a_body_is_exactly_one_element() {
    assertThatThrownBy(Value.EMPTY::asBody).hasMessageContaining("found nothing");
    assertThatThrownBy(() -> Value.text("x").asBody()).hasMessageContaining("found xs:string");
    assertThatThrownBy(() -> anOrder().xpath("/o:order/*").asBody())
        .isInstanceOf(EvaluationException.class)
        .hasMessage("Expected exactly one element, found 4 items");
    assertThatThrownBy(() -> anOrder().xquery("document { 'x', <a/> }").asBody())
        .hasMessageContaining("text beside it");
  }

  @Test
  void a_format_that_is_not_known_is_refused() {
    assertThatThrownBy(() -> Value.decode(Blob.of(new byte[] {2})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Value.decode(Blob.EMPTY)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void json_is_a_map_whose_numbers_keep_every_digit() throws ExpressionException {
    var value =
        Value.payload(
            Body.of(
                MediaType.JSON, "{\"id\": 12345678901234567890, \"price\": 1.10, \"no\": null}"));
    var order = anOrder().context(value);
    assertThat(order.xpath("?id").asText()).isEqualTo("12345678901234567890");
    assertThat(order.xpath("?price + 1").asText()).isEqualTo("2.1");
    assertThat(order.xpath("?no").isEmpty()).isTrue();
    assertThat(Value.decode(value.encode())).isEqualTo(value);
  }

  @Test
  void a_map_is_what_it_will_be_after_it_has_been_stored() throws ExpressionException {
    var map = anOrder().xpath("map { 'day': xs:date('2030-01-01'), 'list': array { 1, 'x' } }");
    var stored = Value.decode(map.encode());
    assertThat(anOrder().context(map).xpath("?day instance of xs:string").asBoolean()).isTrue();
    assertThat(stored.asPayload()).isEqualTo(map.asPayload());
    assertThat(map.asPayload().type()).isEqualTo(MediaType.JSON);
    assertThat(map.asPayload().toString()).isEqualTo("{\"day\":\"2030-01-01\",\"list\":[1,\"x\"]}");
  }

  @Test
  void a_simple_value_is_text() throws ExpressionException {
    assertThat(anOrder().xpath("'a', 'b'").toString()).isEqualTo("2 items");
    assertThat(anOrder().xpath("6 * 7").asPayload()).isEqualTo(Body.of(MediaType.TEXT, "42"));
    assertThat(Value.payload(Body.of(MediaType.TEXT, "cash")).asText()).isEqualTo("cash");
  }
}
