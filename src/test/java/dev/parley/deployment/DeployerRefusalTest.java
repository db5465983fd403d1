package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.finding.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeployerRefusalTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "dev.parley.deployment.BrokenBundle#operations",
    "dev.parley.deployment.BrokenBundle#participantsAndPorts",
    "dev.parley.deployment.BrokenBundle#dataAndExpressions",
    "dev.parley.deployment.BrokenBundle#correlationAndErrors",
    "dev.parley.deployment.BrokenBundle#settings"
  })
  void a_broken_bundle_is_refused_with_rule_file_line_and_element(BrokenBundle broken)
      throws Exception {
    var bundle = broken.in(folder);
    var findings = bundle.findings();
    assertThat(findings)
        .filteredOn(Finding::isError)
        .extracting(
            Finding::rule, Finding::element, f -> f.location().file(), f -> f.location().line())
        .contains(
            tuple(
                broken.rule(),
                broken.element(),
                broken.file(),
                bundle.lineOf(broken.file(), broken.lineOf())));
    assertThat(findings).allSatisfy(f -> assertThat(f.problem()).startsWith("Expected "));
  }

  @Test
  void every_finding_of_every_file_comes_at_once_by_file_and_line() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing("orders.bpmn", "P2D", "P2Y")
            .replacing("orders.bpmn", "empty($receipt)", "empty($receept)")
            .replacing("orders.bpmn", "errorRef=\"tns:noFunds\"", "errorRef=\"tns:plain\"")
            .replacing(
                "orders.bpmn", "implementationRef=\"o:pay\"", "implementationRef=\"o:repay\"");
    Files.copy(bundle.root().resolve("orders.bpmn"), bundle.root().resolve("again.bpmn"));
    var findings = bundle.findings();
    assertThat(findings).isSorted().isEqualTo(bundle.findings());
    assertThat(
            findings.stream()
                .filter(Finding::isError)
                .map(f -> f.location().file() + " " + BundleUnderTest.summary(f)))
        .containsExactly(
            "again.bpmn deployment.unknown-operation pay",
            "again.bpmn deployment.timer unpaid",
            "again.bpmn deployment.error-never-raised refused",
            "again.bpmn deployment.expression f11",
            "orders.bpmn deployment.unknown-operation pay",
            "orders.bpmn deployment.duplicate-process sell",
            "orders.bpmn deployment.timer unpaid",
            "orders.bpmn deployment.error-never-raised refused",
            "orders.bpmn deployment.expression f11");
  }

  @Test
  void an_error_of_the_wsdl_does_not_hide_one_of_the_model() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing("bank.wsdl", "element=\"tns:receipt\"", "element=\"tns:reseat\"")
            .replacing(
                "orders.bpmn", "<exclusiveGateway id=\"large\"", "<complexGateway id=\"large\"");
    assertThat(bundle.findings().stream().map(f -> f.location().file()))
        .contains("bank.wsdl", "orders.bpmn");
  }

  @Test
  void what_is_suspicious_but_runs_is_a_warning() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing("orders.bpmn", "<startEvent", "<dataObject id=\"spare\"/><startEvent")
            .replacing(
                "orders.bpmn",
                "<correlationKey id=\"byOrder\"",
                "<correlationKey"
                    + " id=\"never\"><correlationPropertyRef>tns:nothing</correlationPropertyRef></correlationKey><correlationKey"
                    + " id=\"byOrder\"")
            .replacing(
                "orders.bpmn",
                "<!-- more -->",
                "<correlationProperty id=\"nothing\"><correlationPropertyRetrievalExpression"
                    + " messageRef=\"tns:unknownMessage\"><messagePath>/*</messagePath>"
                    + "</correlationPropertyRetrievalExpression></correlationProperty>");
    assertThat(bundle.warnings())
        .containsExactly("deployment.unused-key never", "deployment.unused-data-object spare");
  }

  @Test
  void an_in_only_service_task_a_dropped_response_and_a_deaf_operation_are_warned_of()
      throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing("orders.bpmn", "name=\"unknown order\"", "errorCode=\"unknownOrder\"")
            .replacing("orders.bpmn", "<receiveTask id=\"asked\"", "<task id=\"asked\"")
            .replacing(
                "orders.bpmn",
                "<task id=\"asked\" operationRef=\"tns:ask\" messageRef=\"tns:questionMessage\"/>",
                "<serviceTask id=\"asked\" operationRef=\"tns:tell\"/>")
            .replacing(
                "orders.bpmn",
                "id=\"answer\" operationRef=\"tns:ask\"",
                "id=\"answer\" operationRef=\"tns:charge\"");
    assertThat(bundle.warnings())
        .containsExactly(
            "deployment.operation-not-received sell",
            "deployment.nothing-to-keep asked",
            "deployment.response-dropped answer");
  }

  @Test
  void a_blocking_send_can_fail_and_a_fault_of_its_operation_be_caught_there() throws Exception {
    var bundle =
        BundleUnderTest.orders(folder)
            .replacing(
                "orders.bpmn", "<serviceTask id=\"chargeCard\"", "<sendTask id=\"chargeCard\"")
            .replacing(
                "orders.bpmn", "parley:answerWithin=\"PT30S\"", "parley:delivery=\"blocking\"");
    assertThat(bundle.warnings()).contains("deployment.response-dropped chargeCard");
    bundle.replacing("orders.bpmn", "parley:delivery=\"blocking\"", "");
    assertThat(bundle.findings().stream().filter(Finding::isError).map(BundleUnderTest::summary))
        .containsExactly(
            "deployment.error-never-raised refused", "deployment.error-never-raised unreachable");
  }
}
