package dev.parley.model;

import dev.parley.deployment.Deployable;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * The shop with a third contract, the desk's: an operation of each pattern that {@link Shop} has
 * not. An operation's messages are the elements {@code note}, {@code noteAnswer} and {@code
 * noteFault} (a text), in the order of its pattern; the first carries the key {@code byOrder}. Of a
 * drawing's parts, message flows go to the collaboration, whose participants {@code peer} and
 * {@code other} have no process.
 */
public final class Desk {
  public static final String DESK = "urn:example:desk";

  private static final Map<String, MessageExchangePattern> PATTERNS =
      Map.of(
          "note", MessageExchangePattern.ROBUST_IN_ONLY,
          "look", MessageExchangePattern.IN_OPT_OUT,
          "check", MessageExchangePattern.IN_OUT,
          "ring", MessageExchangePattern.OUT_ONLY,
          "hand", MessageExchangePattern.ROBUST_OUT_ONLY,
          "offer", MessageExchangePattern.OUT_IN,
          "remind", MessageExchangePattern.OUT_OPT_IN);

  private Desk() {}

  public static ExecutableProcess compile(String... drawing) {
    return deploy("", drawing).processes().getFirst();
  }

  /** With its warnings; policies are attributes of the process element. */
  public static Deployable deploy(String policies, String... drawing) {
    return Shop.accepted(() -> deployed(policies, drawing));
  }

  /** What it is refused with, or warned of. */
  public static List<Finding> findings(String policies, String... drawing) {
    try {
      return deployed(policies, drawing).warnings();
    } catch (RefusedException e) {
      return e.findings();
    }
  }

  private static Deployable deployed(String policies, String... drawing) throws RefusedException {
    var nodes = new ArrayList<>(List.of(drawing));
    nodes.removeIf(d -> d.startsWith("<messageFlow"));
    var flows = new ArrayList<>(List.of(drawing));
    flows.removeAll(nodes);
    return Shop.compiled(
        "sell",
        policies,
        Map.of("desk.wsdl", wsdl()),
        Map.of(
            "xmlns:b=", "xmlns:d=\"" + DESK + "\" xmlns:b=",
            "<itemDefinition id=\"orderItem\"", IMPORT + "<itemDefinition id=\"orderItem\"",
            "<correlationProperty id=\"orderId\" name=\"orderId\">",
                catalogue()
                    + "<correlationProperty id=\"orderId\" name=\"orderId\">"
                    + each(Desk::retrieval),
            "<correlationKey id=\"byOrder\"",
                "<participant id=\"peer\" name=\"Peer\"/><participant id=\"other\" name=\"Other\"/>"
                    + String.join("", flows)
                    + "<correlationKey id=\"byOrder\""),
        nodes.toArray(String[]::new));
  }

  public static String flow(String source, String target) {
    return "<messageFlow id=\"%1$s_to_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>"
        .formatted(source, target);
  }

  /** Takes an operation's first message. */
  public static String takes(String id, String operation, String... attributes) {
    return task("receiveTask", id, operation, operation, attributes);
  }

  /** The same, and starts an instance. */
  public static String starts(String id, String operation, String... attributes) {
    return "<startEvent id=\"%s\" %s>%s</startEvent>"
        .formatted(id, String.join(" ", attributes), message(operation, operation));
  }

  /** Takes the response to what {@link #sends} has sent. */
  public static String hears(String id, String operation, String... attributes) {
    return task("receiveTask", id, operation, operation + "Answer", attributes);
  }

  /** Sends an operation's first message. */
  public static String sends(String id, String operation, String... attributes) {
    return task("sendTask", id, operation, operation, with(payload(operation, id), attributes));
  }

  /** Replies with an operation's second message. */
  public static String answers(String id, String operation, String... attributes) {
    var answer = operation + "Answer";
    return task("sendTask", id, operation, answer, with(payload(answer, id), attributes));
  }

  /** Replies with an operation's fault. */
  public static String faults(String id, String operation, String... attributes) {
    var fault = operation + "Fault";
    return task("sendTask", id, operation, fault, with(payload(fault, id), attributes));
  }

  /** Sends an operation's first message and waits. */
  public static String invokes(String id, String operation, String... attributes) {
    return "<serviceTask id=\"%s\" operationRef=\"tns:op_%s\" %s %s/>"
        .formatted(id, operation, payload(operation, id), String.join(" ", attributes));
  }

  /** The definition of an event for one of an operation's messages. */
  public static String message(String operation, String message) {
    return "<messageEventDefinition messageRef=\"tns:%s\"><operationRef>tns:op_%s</operationRef></messageEventDefinition>"
        .formatted(message, operation);
  }

  private static String task(
      String kind, String id, String operation, String message, String... attributes) {
    return "<%s id=\"%s\" operationRef=\"tns:op_%s\" messageRef=\"tns:%s\" %s/>"
        .formatted(kind, id, operation, message, String.join(" ", attributes));
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  private static String payload(String element, String text) {
    return Drawing.payload("<d:%1$s><d:text>%2$s</d:text></d:%1$s>".formatted(element, text));
  }

  public static OperationName operation(String name) {
    return new OperationName(new QName(DESK, "Desk"), name);
  }

  public static QName fault(String operation) {
    return new QName(DESK, operation + "Fault");
  }

  /** An operation's first message, about an order. */
  public static Message message(long id, String operation, String order, Headers headers) {
    return new Message(
        new MessageId(id),
        "sell",
        operation(operation),
        first(operation),
        Body.of(
            "<d:%1$s xmlns:d=\"%2$s\"><d:orderId>%3$s</d:orderId></d:%1$s>"
                .formatted(operation, DESK, order)),
        headers,
        "");
  }

  public static Message message(long id, String operation, String order) {
    return message(id, operation, order, Headers.NONE);
  }

  /** What a partner or the process says: {@code element} is one of an operation's messages. */
  public static Body body(String element, String text) {
    return Body.of(
        "<d:%1$s xmlns:d=\"%2$s\"><d:text>%3$s</d:text></d:%1$s>".formatted(element, DESK, text));
  }

  private static MessageKind first(String operation) {
    return pattern(operation).first();
  }

  private static MessageExchangePattern pattern(String operation) {
    return Objects.requireNonNull(PATTERNS.get(operation), operation);
  }

  private static final String IMPORT =
      "<import importType=\"http://schemas.xmlsoap.org/wsdl/\" location=\"desk.wsdl\" namespace=\""
          + DESK
          + "\"/>";

  private static String each(Function<String, String> text) {
    return PATTERNS.keySet().stream().sorted().map(text).collect(Collectors.joining("\n"));
  }

  private static String retrieval(String operation) {
    return "<correlationPropertyRetrievalExpression messageRef=\"tns:%1$s\"><messagePath>/d:%1$s/d:orderId</messagePath></correlationPropertyRetrievalExpression>"
        .formatted(operation);
  }

  private static List<String> messages(String operation) {
    var messages = new ArrayList<String>();
    messages.add(operation);
    if (pattern(operation).second() != Second.NONE) {
      messages.add(operation + "Answer");
    }
    if (pattern(operation).faultRule() != FaultRule.NO_FAULTS) {
      messages.add(operation + "Fault");
    }
    return messages;
  }

  private static String ofEachMessage(String text) {
    return each(o -> messages(o).stream().map(text::formatted).collect(Collectors.joining()));
  }

  private static String catalogue() {
    return ofEachMessage("<itemDefinition id=\"%1$sItem\" structureRef=\"d:%1$s\"/>")
        + ofEachMessage("<message id=\"%1$s\" name=\"%1$s\" itemRef=\"tns:%1$sItem\"/>")
        + each(o -> faulty(o, "<error id=\"%1$sError\" structureRef=\"tns:%1$sFaultItem\"/>"))
        + "<interface id=\"desk\" name=\"Desk\" implementationRef=\"d:Desk\">"
        + each(Desk::modelled)
        + "</interface>";
  }

  private static String modelled(String operation) {
    return "<operation id=\"op_%1$s\" name=\"%1$s\" implementationRef=\"d:%1$s\"><inMessageRef>tns:%1$s</inMessageRef>%2$s%3$s</operation>"
        .formatted(
            operation,
            answered(operation, "<outMessageRef>tns:%sAnswer</outMessageRef>"),
            faulty(operation, "<errorRef>tns:%sError</errorRef>"));
  }

  private static String answered(String operation, String text) {
    return pattern(operation).second() == Second.NONE ? "" : text.formatted(operation);
  }

  private static String faulty(String operation, String text) {
    boolean none = pattern(operation).faultRule() == FaultRule.NO_FAULTS;
    return none ? "" : text.formatted(operation);
  }

  private static String wsdl() {
    return """
    <definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:parley="urn:parley:1"
        xmlns:tns="%1$s" targetNamespace="%1$s">
      <types><xs:schema targetNamespace="%1$s" elementFormDefault="qualified">
        <xs:complexType name="Line"><xs:sequence>
          <xs:element name="orderId" type="xs:string" minOccurs="0"/>
          <xs:element name="text" type="xs:string" minOccurs="0"/>
          <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        %2$s
      </xs:schema></types>
      %3$s
      <portType name="Desk">%4$s</portType>
      <binding name="DeskSoap" type="tns:Desk">
        <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
        %5$s
      </binding>
      <service name="DeskService">
        <port name="desk" binding="tns:DeskSoap"><soap:address location="http://localhost/desk"/></port>
      </service>
    </definitions>
    """
        .formatted(
            DESK,
            ofEachMessage("<xs:element name=\"%s\" type=\"tns:Line\"/>")
                .replace("\"noteFault\" type=\"tns:Line\"", "\"noteFault\" type=\"xs:string\""),
            ofEachMessage(
                "<message name=\"%1$s\"><part name=\"body\" element=\"tns:%1$s\"/></message>"),
            each(Desk::offered),
            each(Desk::bound));
  }

  private static String offered(String operation) {
    var pattern = pattern(operation);
    boolean robust = pattern.second() == Second.NONE && pattern.faultRule() != FaultRule.NO_FAULTS;
    var fault = faulty(operation, "fault name=\"%1$sFault\" message=\"tns:%1$sFault\"/>");
    return "<operation name=\"%s\"><parley:pattern uri=\"%s\">%s</parley:pattern>%s%s%s</operation>"
        .formatted(
            operation,
            pattern.uri(),
            robust ? "<parley:" + fault : "",
            "<%s message=\"tns:%s\"/>".formatted(element(pattern, true), operation),
            answered(operation, "<" + element(pattern, false) + " message=\"tns:%sAnswer\"/>"),
            robust || fault.isEmpty() ? "" : "<" + fault);
  }

  private static String bound(String operation) {
    var pattern = pattern(operation);
    String body = "<%1$s><soap:body use=\"literal\"/></%1$s>";
    return "<operation name=\"%s\"><soap:operation soapAction=\"urn:%1$s\"/>%s%s</operation>"
        .formatted(
            operation,
            body.formatted(element(pattern, true)),
            pattern.second() == Second.NONE ? "" : body.formatted(element(pattern, false)));
  }

  private static String element(MessageExchangePattern pattern, boolean isFirst) {
    return (pattern.first() == MessageKind.INPUT) == isFirst ? "input" : "output";
  }
}
