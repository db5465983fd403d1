package dev.parley.deployment;

import static dev.parley.model.Desk.hears;
import static dev.parley.model.Desk.sends;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.charge;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.model.Desk;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a model says of correlation that cannot be done. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CorrelationRefusalTest {

  private static String subscription(String... bindings) {
    return "<correlationSubscription id=\"context\" correlationKeyRef=\"tns:byOrder\">%s</correlationSubscription>"
        .formatted(String.join("", bindings));
  }

  private static String binding(String property, String path) {
    return "<correlationPropertyBinding correlationPropertyRef=\"tns:%s\"><dataPath>%s</dataPath></correlationPropertyBinding>"
        .formatted(property, path);
  }

  private static List<Finding> errors(String... drawing) {
    return Desk.findings("", drawing).stream().filter(Finding::isError).toList();
  }

  private static List<Finding> subscribing(String... subscriptions) {
    return errors(
        starts("s", "note"),
        takes("t", "note"),
        end("e"),
        path("s", "t", "e"),
        String.join("", subscriptions));
  }

  private static void assertRefused(List<Finding> findings, String rule, String problem) {
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.rule()).isEqualTo(rule))
        .satisfies(f -> assertThat(f.problem()).contains(problem));
  }

  @Test
  void a_subscription_binds_every_property_of_its_key() {
    assertThat(subscribing(subscription(binding("orderId", "'7'")))).isEmpty();
    assertThat(subscribing(subscription(binding("customer", "'ann'"))))
        .extracting(Finding::rule)
        .containsExactly(
            "deployment.correlation-subscription", "deployment.correlation-subscription");
  }

  @Test
  void a_property_is_bound_once() {
    assertRefused(
        subscribing(subscription(binding("orderId", "'7'"), binding("orderId", "'8'"))),
        "deployment.correlation-subscription",
        "one correlationPropertyBinding for the property 'orderId'");
  }

  @Test
  void a_key_is_computed_by_one_subscription() {
    var one = subscription(binding("orderId", "'7'"));
    assertRefused(
        subscribing(one, one.replace("context", "again")),
        "deployment.correlation-subscription",
        "one correlationSubscription for the key 'byOrder'");
  }

  @Test
  void a_data_path_that_does_not_compile_is_found_at_its_column() {
    assertThat(subscribing(subscription(binding("orderId", "\n  $nobody"))))
        .singleElement()
        .satisfies(f -> assertThat(f.rule()).isEqualTo("deployment.expression"))
        .satisfies(f -> assertThat(f.location().column()).isPositive());
  }

  @Test
  void relates_to_names_an_element_that_sends() {
    assertRefused(
        errors(
            starts("s", "note"),
            takes("t", "note", "parley:relatesTo=\"s\""),
            end("e"),
            path("s", "t", "e")),
        "deployment.setting",
        "element of the process that sends");
  }

  @Test
  void what_starts_an_instance_answers_nothing() {
    assertThat(
            errors(
                "<receiveTask id=\"s\" instantiate=\"true\" operationRef=\"tns:op_note\""
                    + " messageRef=\"tns:note\" parley:relatesTo=\"x\"/>",
                sends("x", "ring", "parley:endpoint=\"'http://peer.test/'\""),
                end("e"),
                path("s", "x", "e")))
        .extracting(Finding::problem)
        .anyMatch(p -> p.contains("no parley:relatesTo on what starts"));
  }

  @Test
  void a_response_is_known_by_its_request_and_not_by_what_it_relates_to() {
    assertThat(
            errors(
                starts("s", "note"),
                sends("x", "look", "parley:endpoint=\"'http://peer.test/'\""),
                hears("h", "look", "parley:relatesTo=\"x\""),
                end("e"),
                path("s", "x", "h", "e")))
        .extracting(Finding::problem)
        .anyMatch(p -> p.contains("no parley:relatesTo on a response"));
  }

  @Test
  void a_callback_is_one_way() {
    assertRefused(
        errors(
            starts("s", "note"),
            charge("c", "parley:callback=\"tns:op_check\""),
            end("e"),
            path("s", "c", "e")),
        "deployment.callback",
        "a one-way operation, but 'op_check' is");
  }

  @Test
  void a_callback_is_an_operation_of_the_file() {
    assertRefused(
        errors(
            starts("s", "note"),
            charge("c", "parley:callback=\"tns:op_nothing\""),
            end("e"),
            path("s", "c", "e")),
        "bpmn.reference",
        "parley:callback");
  }
}
