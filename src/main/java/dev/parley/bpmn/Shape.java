package dev.parley.bpmn;

import java.util.Map;
import java.util.Set;

/** Which attributes and child elements of an element are read; the rest is refused. */
record Shape(Set<String> attributes, Set<String> children) {

  private static final String NODE_CHILDREN = " incoming outgoing";
  private static final String TASK = "isForCompensation startQuantity completionQuantity default";
  private static final String LOOPS =
      " standardLoopCharacteristics multiInstanceLoopCharacteristics";
  private static final String SENDING =
      NODE_CHILDREN + LOOPS + " ioSpecification dataInputAssociation";
  private static final String RECEIVING =
      NODE_CHILDREN + LOOPS + " ioSpecification dataOutputAssociation";
  private static final String WITH_DATA = SENDING + " dataOutputAssociation";
  private static final String DEFINITIONS_OF_EVENT =
      " messageEventDefinition timerEventDefinition errorEventDefinition terminateEventDefinition"
          + " signalEventDefinition escalationEventDefinition conditionalEventDefinition"
          + " compensateEventDefinition cancelEventDefinition linkEventDefinition"
          + " eventDefinitionRef";
  private static final String CATCHING =
      NODE_CHILDREN + " dataOutput dataOutputAssociation outputSet" + DEFINITIONS_OF_EVENT;
  private static final String THROWING =
      NODE_CHILDREN + " dataInput dataInputAssociation inputSet" + DEFINITIONS_OF_EVENT;
  private static final String POOLS =
      "participant messageFlow textAnnotation association group conversation"
          + " conversationAssociation participantAssociation messageFlowAssociation correlationKey"
          + " choreographyRef conversationLink";
  private static final String NODES =
      " startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent receiveTask"
          + " sendTask serviceTask scriptTask userTask manualTask task subProcess callActivity"
          + " exclusiveGateway inclusiveGateway parallelGateway eventBasedGateway";
  private static final String FLOW =
      " laneSet textAnnotation association group sequenceFlow dataObject dataObjectReference"
          + " property"
          + NODES;
  private static final String ITEM = "itemSubjectRef isCollection";
  private static final String ASSOCIATION = "sourceRef targetRef transformation assignment";
  private static final Shape EXPRESSION = of("language", "");

  private static final Map<String, Shape> READ =
      Map.ofEntries(
          Map.entry("import", of("importType location namespace", "")),
          Map.entry("itemDefinition", of("structureRef isCollection itemKind", "")),
          Map.entry("message", of("itemRef", "")),
          Map.entry("error", of("errorCode structureRef", "")),
          Map.entry("interface", of("implementationRef", "operation")),
          Map.entry("operation", of("implementationRef", "inMessageRef outMessageRef errorRef")),
          Map.entry("endPoint", of("", "")),
          // Its type is not needed: values are compared as strings.
          Map.entry("correlationProperty", of("type", "correlationPropertyRetrievalExpression")),
          Map.entry("correlationPropertyRetrievalExpression", of("messageRef", "messagePath")),
          Map.entry("messagePath", EXPRESSION),
          Map.entry("collaboration", of("isClosed", POOLS)),
          Map.entry("globalConversation", of("isClosed", POOLS)),
          Map.entry(
              "participant", of("processRef", "interfaceRef endPointRef participantMultiplicity")),
          Map.entry("participantMultiplicity", of("minimum maximum", "")),
          Map.entry("messageFlow", of("sourceRef targetRef messageRef", "")),
          Map.entry("conversation", of("", "participantRef messageFlowRef correlationKey")),
          Map.entry("correlationKey", of("", "correlationPropertyRef")),
          Map.entry(
              "process",
              of(
                  "isExecutable processType isClosed definitionalCollaborationRef",
                  "supportedInterfaceRef ioSpecification correlationSubscription" + FLOW)),
          Map.entry(
              "correlationSubscription", of("correlationKeyRef", "correlationPropertyBinding")),
          Map.entry("correlationPropertyBinding", of("correlationPropertyRef", "dataPath")),
          Map.entry("dataPath", EXPRESSION),
          Map.entry("subProcess", of(TASK + " triggeredByEvent", NODE_CHILDREN + LOOPS + FLOW)),
          Map.entry("task", of(TASK, NODE_CHILDREN + LOOPS)),
          Map.entry("standardLoopCharacteristics", of("testBefore loopMaximum", "loopCondition")),
          Map.entry("loopCondition", EXPRESSION),
          Map.entry(
              "multiInstanceLoopCharacteristics",
              of(
                  "isSequential behavior",
                  "loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem"
                      + " completionCondition")),
          Map.entry("loopCardinality", EXPRESSION),
          Map.entry("completionCondition", EXPRESSION),
          Map.entry("inputDataItem", of(ITEM, "")),
          Map.entry("outputDataItem", of(ITEM, "")),
          Map.entry("sequenceFlow", of("sourceRef targetRef isImmediate", "conditionExpression")),
          Map.entry("conditionExpression", EXPRESSION),
          Map.entry("dataObject", of(ITEM, "dataState")),
          Map.entry("property", of(ITEM, "dataState")),
          Map.entry("dataObjectReference", of("itemSubjectRef dataObjectRef", "dataState")),
          Map.entry("startEvent", of("isInterrupting parallelMultiple", CATCHING)),
          Map.entry("intermediateCatchEvent", of("parallelMultiple", CATCHING)),
          Map.entry("boundaryEvent", of("attachedToRef cancelActivity parallelMultiple", CATCHING)),
          Map.entry("endEvent", of("", THROWING)),
          Map.entry("intermediateThrowEvent", of("", THROWING)),
          Map.entry("messageEventDefinition", of("messageRef", "operationRef")),
          Map.entry("timerEventDefinition", of("", "timeDate timeDuration timeCycle")),
          Map.entry("timeCycle", EXPRESSION),
          Map.entry("signal", of("structureRef", "")),
          Map.entry("escalation", of("escalationCode structureRef", "")),
          Map.entry("signalEventDefinition", of("signalRef", "")),
          Map.entry("escalationEventDefinition", of("escalationRef", "")),
          Map.entry("conditionalEventDefinition", of("", "condition")),
          Map.entry("condition", EXPRESSION),
          Map.entry("linkEventDefinition", of("", "source target")),
          Map.entry("timeDate", EXPRESSION),
          Map.entry("timeDuration", EXPRESSION),
          Map.entry("errorEventDefinition", of("errorRef", "")),
          Map.entry("terminateEventDefinition", of("", "")),
          Map.entry(
              "receiveTask",
              of(TASK + " implementation operationRef messageRef instantiate", RECEIVING)),
          Map.entry("sendTask", of(TASK + " implementation operationRef messageRef", SENDING)),
          Map.entry("serviceTask", of(TASK + " implementation operationRef", WITH_DATA)),
          Map.entry("scriptTask", of(TASK + " scriptFormat", WITH_DATA + " script")),
          Map.entry("userTask", of(TASK + " implementation", WITH_DATA)),
          Map.entry("manualTask", of(TASK, WITH_DATA)),
          Map.entry("callActivity", of(TASK + " calledElement", WITH_DATA)),
          Map.entry("exclusiveGateway", of("gatewayDirection default", NODE_CHILDREN)),
          Map.entry("inclusiveGateway", of("gatewayDirection default", NODE_CHILDREN)),
          Map.entry("parallelGateway", of("gatewayDirection", NODE_CHILDREN)),
          Map.entry(
              "eventBasedGateway",
              of("gatewayDirection instantiate eventGatewayType", NODE_CHILDREN)),
          Map.entry("ioSpecification", of("", "dataInput dataOutput inputSet outputSet")),
          Map.entry("dataInput", of(ITEM, "dataState")),
          Map.entry("dataOutput", of(ITEM, "dataState")),
          Map.entry("inputSet", of("", "dataInputRefs optionalInputRefs outputSetRefs")),
          Map.entry("outputSet", of("", "dataOutputRefs optionalOutputRefs inputSetRefs")),
          Map.entry("dataInputAssociation", of("", ASSOCIATION)),
          Map.entry("dataOutputAssociation", of("", ASSOCIATION)),
          Map.entry("assignment", of("", "from to")),
          Map.entry("from", EXPRESSION),
          Map.entry("to", EXPRESSION),
          Map.entry("transformation", EXPRESSION));

  /** Standard attributes that change nothing as long as they have one of these values. */
  private static final Map<String, Set<String>> ONLY =
      Map.ofEntries(
          Map.entry("isForCompensation", Set.of("false", "0")),
          Map.entry("startQuantity", Set.of("1")),
          Map.entry("completionQuantity", Set.of("1")),
          Map.entry("parallelMultiple", Set.of("false", "0")),
          Map.entry("behavior", Set.of("All")),
          Map.entry("isImmediate", Set.of("true", "1")),
          Map.entry("implementation", Set.of("##WebService", "##unspecified")),
          Map.entry("itemKind", Set.of("Information")),
          Map.entry("processType", Set.of("None", "Private")));

  private static Shape of(String attributes, String children) {
    return new Shape(
        words(attributes + " id name"),
        words(children + " documentation extensionElements categoryValueRef"));
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  static Map<String, Shape> read() {
    return READ;
  }

  /** Whether an attribute of the standard is read, or says what happens anyway. */
  boolean accepts(String attribute, String value) {
    var only = only(attribute);
    return attributes.contains(attribute) && (only.isEmpty() || only.contains(value));
  }

  /** The values of an attribute that are accepted; empty: all. */
  static Set<String> only(String attribute) {
    return ONLY.getOrDefault(attribute, Set.of());
  }
}
