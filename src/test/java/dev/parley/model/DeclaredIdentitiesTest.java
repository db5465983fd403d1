package dev.parley.model;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.finding.RefusedException;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is found in {@code parley:identity}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeclaredIdentitiesTest {

  @Test
  void receives_of_one_operation_declare_one_identity() {
    assertThat(findings("parley:identity=\"/*/o:orderId\"", "parley:identity=\"/*/o:customer\""))
        .containsOnlyOnce("deployment.identity")
        .contains("'second'")
        .contains("found '/*/o:customer' here and '/*/o:orderId' elsewhere");
  }

  @Test
  void one_of_the_receives_may_declare_it_for_all() throws Exception {
    compile("parley:identity=\"/*/o:orderId\"", "");
    compile("parley:identity=\"/*/o:orderId\"", "parley:identity=\"/*/o:orderId\"");
  }

  @Test
  void what_is_no_xpath_is_found_where_it_stands() {
    assertThat(findings("", "parley:identity=\"/*/o:orderId[\"")).contains("shop.bpmn:");
  }

  @Test
  void an_answer_has_no_identity() {
    var found =
        Desk.findings(
            "",
            noneStart("start"),
            Desk.sends("call", "check", "parley:endpoint=\"'http://desk.test'\""),
            Desk.hears("answer", "check", "parley:identity=\"/*\""),
            path("start", "call", "answer"));
    assertThat(found.toString()).contains("deployment.identity").contains("'answer'");
  }

  private static String findings(String first, String second) {
    return catchThrowableOfType(RefusedException.class, () -> compile(first, second))
        .findings()
        .toString();
  }

  private static void compile(String first, String second) throws RefusedException {
    Shop.compiled(
        "sell",
        "",
        Map.of(),
        Map.of(),
        start("placed", "place"),
        receive("first", "pay", first),
        receive("second", "pay", second),
        end("end"),
        path("placed", "first", "second", "end"));
  }
}
