package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeployerRefusalTest {
  @TempDir Path folder;

  /** One change of the good bundle, and the finding it causes at the line of a text. */
  record Case(String rule, String element, String lineOf, String file, List<String> change) {
    static Case of(String rule, String element, String lineOf, String... change) {
      return new Case(rule, element, lineOf, "orders.bpmn", List.of(change));
    }

    @Override
    public String toString() {
      return rule + " at " + element + ": " + change.getLast();
    }
  }

  static Stream<Case> operations() {
    return Stream.of(
        Case.of(
            Rule.UNKNOWN_INTERFACE,
            "charge",
            "id=\"charge\"",
            "implementationRef=\"b:Bank\"",
            "implementationRef=\"b:Banks\""),
        Case.of(
            Rule.UNKNOWN_OPERATION,
            "pay",
            "id=\"pay\"",
            "implementationRef=\"o:pay\"",
            "implementationRef=\"o:repay\""),
        Case.of(
            Rule.MESSAGE_TYPE,
            "pay",
            "id=\"pay\"",
            "structureRef=\"o:payment\"",
            "structureRef=\"o:order\""),
        Case.of(
            Rule.MESSAGE_TYPE,
            "ask",
            "id=\"ask\"",
            "<outMessageRef>tns:statusMessage</outMessageRef>",
            ""),
        Case.of(
            Rule.MESSAGE_TYPE,
            "pay",
            "id=\"pay\"",
            "<inMessageRef>tns:paymentMessage</inMessageRef>",
            "<inMessageRef>tns:paymentMessage</inMessageRef>"
                + "<outMessageRef>tns:orderMessage</outMessageRef>"),
        Case.of(
            Rule.ERROR_TYPE,
            "charge",
            "id=\"charge\"",
            "<errorRef>tns:noFunds</errorRef>",
            "<errorRef>tns:plain</errorRef>"),
        Case.of(
            Rule.NO_OPERATION,
            "asked",
            "id=\"asked\"",
            "<!-- more -->",
            "<message id=\"stray\" name=\"stray\"/>",
            "operationRef=\"tns:ask\" messageRef=\"tns:questionMessage\"",
            "messageRef=\"tns:stray\""),
        Case.of(
            Rule.AMBIGUOUS_MESSAGE,
            "asked",
            "id=\"asked\"",
            "operationRef=\"tns:ask\" messageRef=\"tns:questionMessage\"",
            "messageRef=\"tns:receiptMessage\""),
        Case.of(
            Rule.NOT_EXECUTED,
            "asked",
            "id=\"asked\"",
            "tns:ask\" messageRef=\"tns:questionMessage\"",
            "tns:ask\" messageRef=\"tns:statusMessage\""),
        Case.of(
            Rule.REPLY_WITHOUT_RECEIVE,
            "answer",
            "id=\"answer\"",
            "id=\"answer\" operationRef=\"tns:ask\"",
            "id=\"answer\" operationRef=\"tns:charge\" messageRef=\"tns:receiptMessage\""),
        Case.of(
            Rule.PATTERN_NOT_EXECUTED,
            "paid",
            "id=\"paid\"",
            "<!-- more -->",
            "<interface id=\"notices\" name=\"n\" implementationRef=\"o:Notices\">"
                + "<operation id=\"notice\" name=\"notice\" implementationRef=\"o:notice\">"
                + "<inMessageRef>tns:statusMessage</inMessageRef></operation></interface>",
            "operationRef=\"tns:pay\"",
            "operationRef=\"tns:notice\""),
        Case.of(
            Rule.NO_PORT,
            "sell",
            "id=\"sell\"",
            "<participant id=\"shop\" name=\"Shop\" processRef=\"tns:sell\"/>",
            "<participant id=\"shop\" name=\"Shop\" processRef=\"tns:sell\">"
                + "<interfaceRef>tns:notices</interfaceRef></participant>",
            "<!-- more -->",
            "<interface id=\"notices\" name=\"n\" implementationRef=\"o:Notices\">"
                + "<operation id=\"observe\" name=\"observe\" implementationRef=\"o:observe\">"
                + "<inMessageRef>tns:statusMessage</inMessageRef></operation></interface>"));
  }

  static Stream<Case> participantsAndPorts() {
    return Stream.of(
        Case.of(
            Rule.PARTICIPANT_INTERFACE,
            "chargeCard",
            "id=\"chargeCard\"",
            "<interfaceRef>tns:bank</interfaceRef>",
            "<interfaceRef>tns:orders</interfaceRef>"),
        Case.of(
            Rule.AMBIGUOUS_PARTICIPANT,
            "chargeCard",
            "id=\"chargeCard\"",
            "<messageFlow id=\"charging\"",
            "<messageFlow id=\"other\" sourceRef=\"chargeCard\" targetRef=\"customer\"/>"
                + "<messageFlow id=\"charging\""),
        new Case(
            Rule.NO_ENDPOINT,
            "chargeCard",
            "id=\"chargeCard\"",
            "orders.bpmn",
            List.of("bank.wsdl", "location=\"http://bank.test/11\"", "location=\"\"")),
        new Case(
            Rule.PORT_NAME,
            "orders!",
            "name=\"orders!\"",
            "orders.wsdl",
            List.of("orders.wsdl", "port name=\"orders\"", "port name=\"orders!\"")),
        Case.of(
            Rule.PROCESS_KEY,
            "s\u00e4ll",
            "id=\"s\u00e4ll\"",
            "id=\"sell\"",
            "id=\"s\u00e4ll\"",
            "processRef=\"tns:sell\"",
            "processRef=\"tns:s\u00e4ll\""));
  }

  static Stream<Case> dataAndExpressions() {
    return Stream.of(
        Case.of(
            Rule.AMBIGUOUS_DATA,
            "answer",
            "id=\"answer\"",
            "id=\"answer\" operationRef=\"tns:ask\""
                + " parley:payload=\"&lt;o:status&gt;{$order//o:orderId}&lt;/o:status&gt;\"",
            "id=\"answer\" operationRef=\"tns:ask\""),
        Case.of(
            Rule.AMBIGUOUS_DATA,
            "placed",
            "id=\"placed\"",
            "<startEvent id=\"placed\"",
            "<dataObject id=\"second\" name=\"second\" itemSubjectRef=\"tns:orderItem\"/>"
                + "<startEvent id=\"placed\""),
        Case.of(
            Rule.DATA_TYPE,
            "paid",
            "id=\"paid\"",
            "parley:onLate=\"discard\"",
            "parley:result=\"receiptData\""),
        Case.of(
            Rule.AMBIGUOUS_DATA,
            "paid",
            "id=\"paid\"",
            "parley:onLate=\"discard\"",
            "parley:resultExpression=\"/*\""),
        Case.of(
            Rule.DUPLICATE_DATA_NAME,
            "paymentData",
            "id=\"paymentData\"",
            "id=\"paymentData\" name=\"payment\"",
            "id=\"paymentData\" name=\"order\""),
        Case.of(Rule.EXPRESSION, "f4", "number($order", "&gt; number($paymentData", "+* ("),
        Case.of(Rule.EXPRESSION, "f11", "empty($receept)", "$receipt)", "$receept)"),
        Case.of(Rule.EXPRESSION, "orderId", "/o:payment/(", "/o:payment/o:orderId", "/o:payment/("),
        Case.of(
            Rule.EXPRESSION_LANGUAGE,
            "f11",
            "empty($receipt)",
            "<conditionExpression xsi:type=\"tFormalExpression\">empty",
            "<conditionExpression language=\"urn:cobol\" xsi:type=\"tFormalExpression\">empty"),
        Case.of(Rule.TIMER, "unpaid", "P2Y", "P2D", "P2Y"),
        Case.of(Rule.TIMER, "unpaid", "2030-01-01", "P2D", "2030-01-01"),
        Case.of(
            Rule.TIMER,
            "unpaid",
            "2030-01-01T",
            "<timeDuration xsi:type=\"tFormalExpression\">P2D</timeDuration>",
            "<timeDate xsi:type=\"tFormalExpression\">2030-01-01T00:00:00</timeDate>"));
  }

  static Stream<Case> correlationAndErrors() {
    return Stream.of(
        Case.of(
            Rule.UNCORRELATED_RECEIVE,
            "paid",
            "id=\"paid\"",
            "messageRef=\"tns:paymentMessage\">\n      <messagePath>",
            "messageRef=\"tns:statusMessage\">\n      <messagePath>"),
        Case.of(
            Rule.DUPLICATE_START,
            "paid",
            "id=\"paid\"",
            "operationRef=\"tns:pay\"",
            "operationRef=\"tns:place\" instantiate=\"true\"",
            "<sequenceFlow id=\"f1\" sourceRef=\"placed\" targetRef=\"paid\"/>",
            "<sequenceFlow id=\"f1\" sourceRef=\"placed\" targetRef=\"large\"/>"),
        Case.of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "errorRef=\"tns:noFunds\"",
            "errorRef=\"tns:unknownOrder\""),
        Case.of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "id=\"refused\" attachedToRef=\"chargeCard\"",
            "id=\"refused\" attachedToRef=\"paid\""),
        Case.of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "id=\"refused\" attachedToRef=\"chargeCard\"",
            "id=\"refused\" attachedToRef=\"answer\""),
        Case.of(
            Rule.ERROR_NEVER_RAISED,
            "unreachable",
            "id=\"unreachable\"",
            "id=\"unreachable\" attachedToRef=\"chargeCard\"",
            "id=\"unreachable\" attachedToRef=\"answer\""),
        Case.of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "errorRef=\"tns:noFunds\"",
            "errorRef=\"tns:plain\""),
        Case.of(
            Rule.ERROR_CODE,
            "failed",
            "id=\"failed\"",
            "errorCode=\"Plain\"",
            "errorCode=\"nobody:Plain\""));
  }

  static Stream<Case> settings() {
    return Stream.of(
        setting("parley:onLate=\"queue\"", Rule.SETTING),
        setting("parley:onEarly=\"maybe\"", Rule.SETTING),
        setting("parley:keepEarly=\"1 day\"", Rule.SETTING),
        setting("parley:maxPerConversation=\"0\"", Rule.SETTING),
        setting("parley:attempts=\"3\"", Rule.UNKNOWN_SETTING),
        setting("parley:replyWithin=\"PT5S\"", Rule.NOT_EXECUTED),
        delivery("parley:assurance=\"exactlyOnce\"", Rule.NOT_EXECUTED),
        delivery("parley:assurance=\"never\"", Rule.SETTING),
        delivery("parley:ordered=\"true\"", Rule.NOT_EXECUTED),
        delivery("parley:backoffFactor=\"0.5\"", Rule.SETTING),
        delivery("parley:onLate=\"reject\"", Rule.UNKNOWN_SETTING));
  }

  private static Case setting(String attribute, String rule) {
    return Case.of(rule, "paid", "id=\"paid\"", "parley:onLate=\"discard\"", attribute);
  }

  private static Case delivery(String attribute, String rule) {
    return Case.of(rule, "chargeCard", "id=\"chargeCard\"", "parley:backoff=\"PT2S\"", attribute);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "operations",
    "participantsAndPorts",
    "dataAndExpressions",
    "correlationAndErrors",
    "settings"
  })
  void a_broken_bundle_is_refused_with_rule_file_line_and_element(Case broken) throws Exception {
    var bundle = changed(broken);
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
            .replacing("orders.bpmn", "<exclusiveGateway id=\"large\"", "<userTask id=\"large\"");
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

  private BundleUnderTest changed(Case broken) throws IOException {
    var bundle = BundleUnderTest.orders(folder);
    var change = broken.change();
    String file = change.size() % 2 == 0 ? "orders.bpmn" : change.getFirst();
    for (int i = change.size() % 2; i < change.size(); i += 2) {
      bundle.replacing(file, change.get(i), change.get(i + 1));
    }
    return bundle;
  }
}
