package dev.parley.expression;

import static dev.parley.expression.Given.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LockdownTest {
  private static final String CANARY = "canary-8472";

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void put_a_canary_where_expressions_must_not_look() throws Exception {
    var canary = folder.resolve("canary.xml");
    Files.writeString(canary, "<secret>" + CANARY + "</secret>");
    file = canary.toUri().toString();
    assertThat(anOrder().xpath("count(//*)").asText()).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doc('FILE')",
        "doc#1('FILE')",
        "fn:doc('FILE')",
        "for-each('FILE', doc#1)",
        "Q{http://www.w3.org/2005/xpath-functions}doc('FILE')",
        "'FILE' ! doc(.)",
        "'FILE' => doc()",
        "doc-available('FILE')",
        "collection('FILE')",
        "uri-collection('FILE')",
        "unparsed-text('FILE')",
        "unparsed-text-lines('FILE')",
        "unparsed-text-available('FILE')",
        "json-doc('FILE')",
        "environment-variable('PATH')",
        "available-environment-variables()",
        "transform(map{'stylesheet-location': 'FILE'})",
        "load-xquery-module('urn:x', map{'location-hints': 'FILE'})",
        "trace('canary-8472', 'x')",
        "generate-id(.)",
        "random-number-generator()?number",
        "document('FILE')",
        "saxon:evaluate('1')",
        "Q{java:java.lang.System}getProperty('user.home')",
        "Q{java.lang.System}getenv()",
        "Q{http://saxon.sf.net/}system-id()",
        "Q{http://expath.org/ns/file}read-text('FILE')"
      })
  void what_reaches_outside_is_refused_when_it_is_compiled(String hostile) {
    for (var language : Language.values()) {
      assertThatThrownBy(() -> compile(language, hostile))
          .isInstanceOf(ExpressionException.class)
          .message()
          .doesNotContain(CANARY, folder.toString(), "Saxon");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import module namespace m = 'urn:m' at 'FILE'; 1",
        "import schema namespace m = 'urn:m' at 'FILE'; 1",
        "validate { <a/> }",
        "declare function local:f() external; local:f()",
        "declare function local:f($n) { local:f($n + 1) }; local:f(1)",
        "declare function local:f($n) { if ($n = 0) then 0 else 1 + local:f($n - 1) }; local:f(9)",
        "declare function local:f($n) { local:g($n) }; declare function local:g($n) { local:f($n)"
            + " }; local:f(1)",
        "declare function local:f($n) { for-each($n, local:f#1) }; local:f(1)",
        "declare function local:f($n) { for-each($n, local:f(?)) }; local:f(1)"
      })
  void a_query_imports_nothing_and_does_not_recurse(String hostile) {
    assertThatThrownBy(() -> compile(Language.XQUERY, hostile))
        .isInstanceOf(ExpressionException.class)
        .message()
        .doesNotContain(CANARY, folder.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function-lookup(xs:QName('fn:doc'), 1)('FILE')",
        "function-lookup(xs:QName('fn:unparsed-text'), 1)('FILE')",
        "function-lookup(QName('http://www.w3.org/2005/xpath-functions', 'environment-variable'),"
            + " 1)('PATH')",
        "function-lookup(QName('java:java.lang.System', 'getProperty'), 1)('user.home')",
        "parse-xml('<!DOCTYPE a [<!ENTITY e SYSTEM \"FILE\">]><a>&amp;e;</a>')",
        "parse-xml(concat('<!DOCTYPE a [<!ENTITY e SYSTEM \"FILE\">]><a>', '&', 'e;</a>'))",
        "parse-xml(concat('<!DOCTYPE a SYSTEM \"FILE\">', '<a/>'))",
        "parse-xml('<!DOCTYPE a><a/>')",
        "parse-xml-fragment(concat('<!DOCTYPE a [<!ENTITY e SYSTEM \"FILE\">]><a>', '&',"
            + " 'e;</a>'))",
        "compare('b', 'a', 'http://saxon.sf.net/collation?class=java.util.ArrayList')",
        "compare('a', 'b', 'FILE')",
        "parse-xml(\"<a xmlns:xi='http://www.w3.org/2001/XInclude'>"
            + "<xi:include href='FILE' parse='text'/></a>\")/string()",
        "static-base-uri()",
        "base-uri(.), document-uri(.), static-base-uri()"
      })
  void what_gets_past_the_compiler_finds_nothing(String hostile) {
    for (var language : Language.values()) {
      String outcome;
      try {
        outcome = "[" + compile(language, hostile).evaluate(anOrder()).asText() + "]";
      } catch (ExpressionException | EvaluationException e) {
        outcome = "refused: " + e.getMessage();
      }
      assertThat(outcome)
          .doesNotContain(CANARY, folder.toString(), System.getProperty("user.dir"))
          .matches(text -> text.equals("[]") || text.startsWith("refused"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 to 1000001",
        "count(1 to 5000000)",
        "count(1 to xs:integer(1000000 + count(/*)))",
        "let $n := 1000000 + count(/*) return count((1 to $n)[. mod 2 = 0])",
        "for $i in 1 to 1000000 + count(/*) return $i",
        "sum((1 to 1000) ! (1 to 100000000))"
      })
  void a_range_is_bounded(String hostile) {
    for (var language : Language.values()) {
      assertThatThrownBy(() -> compile(language, hostile).evaluate(anOrder()))
          .message()
          .contains("Expected at most 1000000 items");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count(for $a in 1 to 999999, $b in 1 to 999999 return $a * $b)",
        "count((1 to 999999) ! (1 to 999999)[. mod 7 = 3])",
        "some $a in 1 to 999999, $b in 1 to 999999 satisfies $a * $b = -1",
        "count(for-each(1 to 999999, function($a) { for-each(1 to 999999, function($b) { $a * $b"
            + " }) }))",
        "fold-left(1 to 999999, 0, function($a, $b) { count(filter(1 to 999999, function($c) {"
            + " $c = $a + $b })) })",
        "count((1 to 999999)[some $x in 1 to 999999 satisfies $x = -.])",
        "let $f := function($g) { $g($g) } return $f($f)",
        "let $f := function($g, $n) { if ($n = 0) then 0 else $g($g, $n + 1) } return $f($f, 1)"
      })
  void an_evaluation_ends(String hostile) {
    var impatient = new Expressions(Duration.ofMillis(200));
    for (var language : Language.values()) {
      long start = System.nanoTime();
      assertThatThrownBy(
              () -> impatient.compile(language, hostile, Map.of(), Set.of()).evaluate(anOrder()))
          .isInstanceOf(EvaluationException.class)
          .message()
          .containsAnyOf("took longer than 200 ms", "recurses too deep", "Too many nested");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_query_cannot_catch_its_end() {
    assertThatThrownBy(
            () ->
                new Expressions(Duration.ofMillis(100))
                    .compile(
                        Language.XQUERY,
                        "try { for $a in 1 to 999999, $b in 1 to 999999 where $a * $b = -1"
                            + " return 1 } catch * { 'caught' }",
                        Map.of(),
                        Set.of())
                    .evaluate(anOrder()))
        .hasMessage("The evaluation took longer than 100 ms");
  }

  @Test
  void guarded_loops_still_give_what_they_should() throws Exception {
    assertThat(
            anOrder()
                .xquery(
                    "declare variable $local:n := 3; declare function local:twice($x) { $x * 2 };"
                        + " for $a at $p in 1 to $local:n for $b in ($a, 9) where $b > 1 order by"
                        + " $b descending, $p let $c := local:twice($b) return <i"
                        + " n='{$p}'>{$c}</i>")
                .asText())
        .isEqualTo("18 18 18 6 4");
    assertThat(anOrder().xpath("fold-left(1 to 5, 0, function($a, $b) { $a + $b })").asText())
        .isEqualTo("15");
    assertThat(anOrder().xpath("for $i in 1 to 3 return (1 to $i)[last()]").asText())
        .isEqualTo("1 2 3");
    assertThat(anOrder().xpath("every $i in //*:line satisfies $i/@n").asBoolean()).isTrue();
    assertThat(anOrder().xpath("sort((3, 1, 2), (), function($x) { -$x })").asText())
        .isEqualTo("3 2 1");
  }

  @Test
  void nothing_is_written_to_the_console() throws Exception {
    var written = new ByteArrayOutputStream();
    var console = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> anOrder().xquery("1 + ")).isNotNull();
      assertThatThrownBy(() -> anOrder().xquery("error()")).isNotNull();
      assertThatThrownBy(() -> anOrder().xpath("parse-xml('<a')")).isNotNull();
      assertThat(anOrder().xquery("<a>{/order}</a>/b").isEmpty()).isTrue();
    } finally {
      System.setErr(console);
    }
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private Expression compile(Language language, String text) throws ExpressionException {
    return Given.EXPRESSIONS.compile(language, text.replace("FILE", file), Map.of(), Set.of());
  }
}
