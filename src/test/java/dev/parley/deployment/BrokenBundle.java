package dev.parley.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One change of the good bundle, and the finding that it causes.
 *
 * @param lineOf the finding is at the line of this text
 * @param file of the finding
 * @param change old and new text by turns; the file comes first where it is no model
 */
record BrokenBundle(String rule, String element, String lineOf, String file, List<String> change) {
  static BrokenBundle of(String rule, String element, String lineOf, String... change) {
    return new BrokenBundle(rule, element, lineOf, "orders.bpmn", List.of(change));
  }

  @Override
  public String toString() {
    return rule + " at " + element + ": " + change.getLast();
  }

  BundleUnderTest in(Path folder) throws IOException {
    var bundle = BundleUnderTest.orders(folder);
    String changed = change.size() % 2 == 0 ? "orders.bpmn" : change.getFirst();
    for (int i = change.size() % 2; i < change.size(); i += 2) {
      bundle.replacing(changed, change.get(i), change.get(i + 1));
    }
    return bundle;
  }

  static Stream<BrokenBundle> operations() {
    return Stream.of(
        of(
            Rule.UNKNOWN_INTERFACE,
            "charge",
            "id=\"charge\"",
            "implementationRef=\"b:Bank\"",
            "implementationRef=\"b:Banks\""),
        of(
            Rule.UNKNOWN_OPERATION,
            "pay",
            "id=\"pay\"",
            "implementationRef=\"o:pay\"",
            "implementationRef=\"o:repay\""),
        of(
            Rule.MESSAGE_TYPE,
            "pay",
            "id=\"pay\"",
            "structureRef=\"o:payment\"",
            "structureRef=\"o:order\""),
        of(
            Rule.MESSAGE_TYPE,
            "ask",
            "id=\"ask\"",
            "<outMessageRef>tns:statusMessage</outMessageRef>",
            ""),
        of(
            Rule.MESSAGE_TYPE,
            "pay",
            "id=\"pay\"",
            "<inMessageRef>tns:paymentMessage</inMessageRef>",
            "<inMessageRef>tns:paymentMessage</inMessageRef>"
                + "<outMessageRef>tns:orderMessage</outMessageRef>"),
        of(
            Rule.ERROR_TYPE,
            "charge",
            "id=\"charge\"",
            "<errorRef>tns:noFunds</errorRef>",
            "<errorRef>tns:plain</errorRef>"),
        of(
            Rule.AMBIGUOUS_MESSAGE,
            "asked",
            "id=\"asked\"",
            "operationRef=\"tns:ask\" messageRef=\"tns:questionMessage\"",
            "messageRef=\"tns:receiptMessage\""),
        of(
            Rule.RESPONSE_WITHOUT_REQUEST,
            "asked",
            "id=\"asked\"",
            "tns:ask\" messageRef=\"tns:questionMessage\"",
            "tns:ask\" messageRef=\"tns:statusMessage\"",
            "id=\"answer\" operationRef=\"tns:ask\"",
            "id=\"answer\" operationRef=\"tns:ask\" messageRef=\"tns:statusMessage\""),
        of(
            Rule.REPLY_WITHOUT_RECEIVE,
            "answer",
            "id=\"answer\"",
            "id=\"answer\" operationRef=\"tns:ask\"",
            "id=\"answer\" operationRef=\"tns:charge\" messageRef=\"tns:receiptMessage\""),
        of(
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

  static Stream<BrokenBundle> participantsAndPorts() {
    return Stream.of(
        of(
            Rule.PARTICIPANT_INTERFACE,
            "chargeCard",
            "id=\"chargeCard\"",
            "<interfaceRef>tns:bank</interfaceRef>",
            "<interfaceRef>tns:orders</interfaceRef>"),
        of(
            Rule.AMBIGUOUS_PARTICIPANT,
            "chargeCard",
            "id=\"chargeCard\"",
            "<messageFlow id=\"charging\"",
            "<messageFlow id=\"other\" sourceRef=\"chargeCard\" targetRef=\"customer\"/>"
                + "<messageFlow id=\"charging\""),
        new BrokenBundle(
            Rule.NO_ENDPOINT,
            "chargeCard",
            "id=\"chargeCard\"",
            "orders.bpmn",
            List.of("bank.wsdl", "location=\"http://bank.test/11\"", "location=\"\"")),
        new BrokenBundle(
            Rule.PORT_NAME,
            "orders!",
            "name=\"orders!\"",
            "orders.wsdl",
            List.of("orders.wsdl", "port name=\"orders\"", "port name=\"orders!\"")),
        of(
            Rule.PROCESS_KEY,
            "s\u00e4ll",
            "id=\"s\u00e4ll\"",
            "id=\"sell\"",
            "id=\"s\u00e4ll\"",
            "processRef=\"tns:sell\"",
            "processRef=\"tns:s\u00e4ll\""));
  }

  static Stream<BrokenBundle> dataAndExpressions() {
    return Stream.of(
        of(
            Rule.AMBIGUOUS_DATA,
            "answer",
            "id=\"answer\"",
            "id=\"answer\" operationRef=\"tns:ask\""
                + " parley:payload=\"&lt;o:status&gt;{$order//o:orderId}&lt;/o:status&gt;\"",
            "id=\"answer\" operationRef=\"tns:ask\""),
        of(
            Rule.AMBIGUOUS_DATA,
            "placed",
            "id=\"placed\"",
            "<startEvent id=\"placed\"",
            "<dataObject id=\"second\" name=\"second\" itemSubjectRef=\"tns:orderItem\"/>"
                + "<startEvent id=\"placed\""),
        of(
            Rule.DATA_TYPE,
            "paid",
            "id=\"paid\"",
            "parley:onLate=\"discard\"",
            "parley:result=\"receiptData\""),
        of(
            Rule.AMBIGUOUS_DATA,
            "paid",
            "id=\"paid\"",
            "parley:onLate=\"discard\"",
            "parley:resultExpression=\"/*\""),
        of(
            Rule.DUPLICATE_DATA_NAME,
            "paymentData",
            "id=\"paymentData\"",
            "id=\"paymentData\" name=\"payment\"",
            "id=\"paymentData\" name=\"order\""),
        of(Rule.EXPRESSION, "f4", "number($order", "&gt; number($paymentData", "+* ("),
        of(Rule.EXPRESSION, "f11", "empty($receept)", "$receipt)", "$receept)"),
        of(Rule.EXPRESSION, "orderId", "/o:payment/(", "/o:payment/o:orderId", "/o:payment/("),
        of(
            Rule.EXPRESSION_LANGUAGE,
            "f11",
            "empty($receipt)",
            "<conditionExpression xsi:type=\"tFormalExpression\">empty",
            "<conditionExpression language=\"urn:cobol\" xsi:type=\"tFormalExpression\">empty"),
        of(Rule.TIMER, "unpaid", "P2Y", "P2D", "P2Y"),
        of(Rule.TIMER, "unpaid", "2030-01-01", "P2D", "2030-01-01"),
        of(
            Rule.TIMER,
            "unpaid",
            "2030-01-01T",
            "<timeDuration xsi:type=\"tFormalExpression\">P2D</timeDuration>",
            "<timeDate xsi:type=\"tFormalExpression\">2030-01-01T00:00:00</timeDate>"));
  }

  static Stream<BrokenBundle> correlationAndErrors() {
    return Stream.of(
        of(
            Rule.UNCORRELATED_RECEIVE,
            "paid",
            "id=\"paid\"",
            "messageRef=\"tns:paymentMessage\">\n      <messagePath>",
            "messageRef=\"tns:statusMessage\">\n      <messagePath>"),
        of(
            Rule.DUPLICATE_START,
            "paid",
            "id=\"paid\"",
            "operationRef=\"tns:pay\"",
            "operationRef=\"tns:place\" instantiate=\"true\"",
            "<sequenceFlow id=\"f1\" sourceRef=\"placed\" targetRef=\"paid\"/>",
            "<sequenceFlow id=\"f1\" sourceRef=\"placed\" targetRef=\"large\"/>"),
        of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "errorRef=\"tns:noFunds\"",
            "errorRef=\"tns:unknownOrder\""),
        of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "id=\"refused\" attachedToRef=\"chargeCard\"",
            "id=\"refused\" attachedToRef=\"paid\""),
        of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "id=\"refused\" attachedToRef=\"chargeCard\"",
            "id=\"refused\" attachedToRef=\"answer\""),
        of(
            Rule.ERROR_NEVER_RAISED,
            "unreachable",
            "id=\"unreachable\"",
            "id=\"unreachable\" attachedToRef=\"chargeCard\"",
            "id=\"unreachable\" attachedToRef=\"answer\""),
        of(
            Rule.ERROR_NEVER_RAISED,
            "refused",
            "id=\"refused\"",
            "errorRef=\"tns:noFunds\"",
            "errorRef=\"tns:plain\""),
        of(
            Rule.ERROR_CODE,
            "failed",
            "id=\"failed\"",
            "errorCode=\"Plain\"",
            "errorCode=\"nobody:Plain\""));
  }

  static Stream<BrokenBundle> settings() {
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

  private static BrokenBundle setting(String attribute, String rule) {
    return of(rule, "paid", "id=\"paid\"", "parley:onLate=\"discard\"", attribute);
  }

  private static BrokenBundle delivery(String attribute, String rule) {
    return of(rule, "chargeCard", "id=\"chargeCard\"", "parley:backoff=\"PT2S\"", attribute);
  }
}
