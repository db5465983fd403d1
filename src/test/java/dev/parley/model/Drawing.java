package dev.parley.model;

/** Flow nodes and flows as BPMN, a method each. Attributes are given as they are written. */
public final class Drawing {
  static final String DATA =
      """
      <dataObject id="orderData" name="order" itemSubjectRef="tns:orderItem"/>
      <dataObject id="paymentData" name="payment" itemSubjectRef="tns:paymentItem"/>
      <dataObject id="cancellationData" name="cancellation" itemSubjectRef="tns:cancellationItem"/>
      <dataObject id="questionData" name="question" itemSubjectRef="tns:questionItem"/>
      <dataObject id="receiptData" name="receipt" itemSubjectRef="tns:receiptItem"/>
      <dataObject id="refusalData" name="refusal" itemSubjectRef="tns:refusalItem"/>
      <dataObject id="noteData" name="note"/>
      """;

  /** Signals and escalations, in the only place where the schema allows them. */
  static final String CATALOGUE =
      """
      <signal id="goSignal" name="go"/>
      <escalation id="slowEscalation" escalationCode="slow"/>
      <escalation id="costlyEscalation" escalationCode="costly"/>
      """;

  private Drawing() {}

  public static String subProcess(String id, String... content) {
    return "<subProcess id=\"%s\">%s</subProcess>".formatted(id, String.join("\n", content));
  }

  public static String eventSubProcess(String id, String... content) {
    return "<subProcess id=\"%s\" triggeredByEvent=\"true\">%s</subProcess>"
        .formatted(id, String.join("\n", content));
  }

  /** With characteristics as they are written, before what it holds. */
  public static String looping(String activity, String characteristics) {
    String name = activity.substring(1, activity.indexOf(' '));
    String closing = "</" + name + ">";
    if (!activity.endsWith(closing)) {
      return activity.substring(0, activity.length() - 2) + ">" + characteristics + closing;
    }
    int content = activity.indexOf('>') + 1;
    return activity.substring(0, content) + characteristics + activity.substring(content);
  }

  /** Any event with its definition: {@code kind} as in {@code signal}, {@code timeCycle}. */
  public static String anyEvent(String kind, String id, String definition, String... attributes) {
    return event(kind, id, definition, attributes);
  }

  public static String signal() {
    return "<signalEventDefinition signalRef=\"tns:goSignal\"/>";
  }

  /** An empty code is any escalation. */
  public static String escalation(String code) {
    return "<escalationEventDefinition %s/>"
        .formatted(code.isEmpty() ? "" : "escalationRef=\"tns:" + code + "Escalation\"");
  }

  public static String conditional(String condition) {
    return """
    <conditionalEventDefinition>
      <condition xsi:type="tFormalExpression">%s</condition>
    </conditionalEventDefinition>
    """
        .formatted(escaped(condition));
  }

  public static String link(String name) {
    return "<linkEventDefinition name=\"%s\"/>".formatted(name);
  }

  public static String after(String duration) {
    return duration("after", duration).replace(" id=\"after_\"", "");
  }

  public static String every(String cycle) {
    return "<timerEventDefinition><timeCycle xsi:type=\"tFormalExpression\">%s</timeCycle></timerEventDefinition>"
        .formatted(cycle);
  }

  public static String comes(String operation) {
    return messageOf("comes", operation).replace(" id=\"comes_\"", "");
  }

  public static String inclusive(String id, String defaultFlow) {
    return exclusive(id, defaultFlow).replace("exclusiveGateway", "inclusiveGateway");
  }

  public static String eventBased(String id, String... attributes) {
    return "<eventBasedGateway id=\"%s\" %s/>".formatted(id, String.join(" ", attributes));
  }

  public static String noneStart(String id) {
    return "<startEvent id=\"%s\"/>".formatted(id);
  }

  public static String start(String id, String operation, String... attributes) {
    return event("startEvent", id, messageOf(id, operation), attributes);
  }

  public static String receive(String id, String operation, String... attributes) {
    return "<receiveTask id=\"%s\" operationRef=\"tns:op_%s\" messageRef=\"tns:%s\" %s/>"
        .formatted(id, operation, inMessage(operation), String.join(" ", attributes));
  }

  public static String catching(String id, String operation, String... attributes) {
    return event("intermediateCatchEvent", id, messageOf(id, operation), attributes);
  }

  /** A reply to the open exchange of {@code ask}. */
  public static String reply(String id) {
    return "<sendTask id=\"%s\" operationRef=\"tns:op_ask\" messageRef=\"tns:statusMessage\" %s/>"
        .formatted(id, payload("<o:status>{string($question/o:orderId)}</o:status>"));
  }

  public static String replyEnd(String id) {
    return event(
        "endEvent",
        id,
        message(id, "ask", "statusMessage"),
        payload("<o:status>{string($question/o:orderId)}</o:status>"));
  }

  /** Tells the bank. */
  public static String tell(String id, String... attributes) {
    return "<sendTask id=\"%s\" operationRef=\"tns:op_tell\" %s %s/>"
        .formatted(id, payload("<b:receipt>" + id + "</b:receipt>"), String.join(" ", attributes));
  }

  /** Charges the bank: a service task. */
  public static String charge(String id, String... attributes) {
    return "<serviceTask id=\"%s\" operationRef=\"tns:op_charge\" %s %s/>"
        .formatted(id, payload("<b:charge>1</b:charge>"), String.join(" ", attributes));
  }

  public static String payload(String xquery) {
    return "parley:payload=\"%s\"".formatted(escaped(xquery));
  }

  public static String script(String id, String xquery, String... attributes) {
    return "<scriptTask id=\"%s\" scriptFormat=\"application/xquery\" %s><script>%s</script></scriptTask>"
        .formatted(id, String.join(" ", attributes), escaped(xquery));
  }

  /**
   * A user task, manual task or call activity. Its data: {@code name<data} gives it a data object
   * (by id) under a name, {@code name>data} keeps what it leaves.
   */
  public static String activity(String kind, String id, String attributes, String... data) {
    var declared = new StringBuilder();
    var inputs = new StringBuilder();
    var outputs = new StringBuilder();
    var associations = new StringBuilder();
    for (var each : data) {
      boolean in = each.contains("<");
      String[] ends = each.split("[<>]", -1);
      String local = id + (in ? "_in_" : "_out_") + ends[0];
      declared.append(
          "<%1$s id=\"%2$s\" name=\"%3$s\"/>"
              .formatted(in ? "dataInput" : "dataOutput", local, ends[0]));
      (in ? inputs : outputs)
          .append("<%1$s>%2$s</%1$s>".formatted(in ? "dataInputRefs" : "dataOutputRefs", local));
      associations.append(
          in
              ? "<dataInputAssociation><sourceRef>%s</sourceRef><targetRef>%s</targetRef></dataInputAssociation>"
                  .formatted(ends[1], local)
              : "<dataOutputAssociation><sourceRef>%s</sourceRef><targetRef>%s</targetRef></dataOutputAssociation>"
                  .formatted(local, ends[1]));
    }
    String specification =
        "<ioSpecification>%s<inputSet>%s</inputSet><outputSet>%s</outputSet></ioSpecification>"
            .formatted(declared, inputs, outputs);
    return "<%1$s id=\"%2$s\" %3$s>%4$s%5$s</%1$s>"
        .formatted(kind, id, attributes, data.length == 0 ? "" : specification, associations);
  }

  public static String userTask(String id, String... data) {
    return activity("userTask", id, "name=\"Look at it\"", data);
  }

  public static String call(String id, String process, String... data) {
    return activity("callActivity", id, "calledElement=\"" + process + "\"", data);
  }

  public static String timer(String id, String duration) {
    return event("intermediateCatchEvent", id, duration(id, duration));
  }

  public static String boundaryTimer(String id, String host, String duration, boolean cancel) {
    return event(
        "boundaryEvent",
        id,
        duration(id, duration),
        "attachedToRef=\"" + host + "\"",
        "cancelActivity=\"" + cancel + "\"");
  }

  /** Error is empty for every error. */
  public static String boundaryError(String id, String host, String error, String... attributes) {
    return event(
        "boundaryEvent",
        id,
        error(id, error),
        "attachedToRef=\"" + host + "\" " + String.join(" ", attributes));
  }

  public static String exclusive(String id, String defaultFlow) {
    return "<exclusiveGateway id=\"%s\" %s/>"
        .formatted(id, defaultFlow.isEmpty() ? "" : "default=\"" + defaultFlow + "\"");
  }

  public static String parallel(String id) {
    return "<parallelGateway id=\"%s\"/>".formatted(id);
  }

  public static String end(String id) {
    return "<endEvent id=\"%s\"/>".formatted(id);
  }

  public static String terminate(String id) {
    return event("endEvent", id, "<terminateEventDefinition id=\"%s_\"/>".formatted(id));
  }

  public static String errorEnd(String id, String error, String... attributes) {
    return event("endEvent", id, error(id, error), attributes);
  }

  /** Sequence flows from each node to the next; a flow's id is {@code from_to}. */
  public static String path(String... nodes) {
    var flows = new StringBuilder();
    for (int i = 1; i < nodes.length; i++) {
      flows.append(
          "<sequenceFlow id=\"%1$s_%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>%n"
              .formatted(nodes[i - 1], nodes[i]));
    }
    return flows.toString();
  }

  /** A sequence flow with a condition. */
  public static String when(String from, String to, String condition) {
    return """
    <sequenceFlow id="%1$s_%2$s" sourceRef="%1$s" targetRef="%2$s">
      <conditionExpression xsi:type="tFormalExpression">%3$s</conditionExpression>
    </sequenceFlow>
    """
        .formatted(from, to, escaped(condition));
  }

  private static String event(String kind, String id, String definition, String... attributes) {
    return "<%1$s id=\"%2$s\" %4$s>%3$s</%1$s>"
        .formatted(kind, id, definition, String.join(" ", attributes));
  }

  private static String messageOf(String id, String operation) {
    return message(id, operation, inMessage(operation));
  }

  private static String message(String id, String operation, String message) {
    return """
    <messageEventDefinition id="%s_" messageRef="tns:%s">
      <operationRef>tns:op_%s</operationRef>
    </messageEventDefinition>
    """
        .formatted(id, message, operation);
  }

  private static String inMessage(String operation) {
    return switch (operation) {
      case "place" -> "orderMessage";
      case "pay" -> "paymentMessage";
      case "cancel" -> "cancellationMessage";
      case "ask" -> "questionMessage";
      default -> throw new IllegalArgumentException(operation);
    };
  }

  public static String error(String id, String error) {
    return "<errorEventDefinition id=\"%s_\" %s/>"
        .formatted(id, error.isEmpty() ? "" : "errorRef=\"tns:" + error + "\"");
  }

  private static String duration(String id, String duration) {
    return """
    <timerEventDefinition id="%s_">
      <timeDuration xsi:type="tFormalExpression">%s</timeDuration>
    </timerEventDefinition>
    """
        .formatted(id, escaped(duration));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
