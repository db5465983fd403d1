package dev.parley.bpmn;

import java.util.Map;

/** What to model instead of an element that is not executed. */
final class Remedy {

  private static final String HUMAN =
      "Exchange messages with the person's application: a send task and a receive task.";
  private static final String GATEWAYS = "Use exclusive and parallel gateways.";
  private static final String LOOP = "Lead the flow back through an exclusive gateway.";
  private static final String SUB_PROCESS =
      "Draw its flow in the process itself, or make it a process of its own that exchanges"
          + " messages.";
  private static final String MESSAGE = "Use a message event.";

  private static final Map<String, String> BY_ELEMENT =
      Map.ofEntries(
          Map.entry("task", "Say what it does: use a send, receive, service or script task."),
          Map.entry("userTask", HUMAN),
          Map.entry("manualTask", HUMAN),
          Map.entry("businessRuleTask", "Use a script task in XQuery, or call the rules' service."),
          Map.entry("subProcess", SUB_PROCESS),
          Map.entry("transaction", SUB_PROCESS),
          Map.entry("adHocSubProcess", SUB_PROCESS),
          Map.entry("callActivity", "Call the other process by messages: use a service task."),
          Map.entry(
              "eventBasedGateway", "Use a receive task with an interrupting boundary timer event."),
          Map.entry("inclusiveGateway", GATEWAYS),
          Map.entry("complexGateway", GATEWAYS),
          Map.entry("standardLoopCharacteristics", LOOP),
          Map.entry("multiInstanceLoopCharacteristics", LOOP),
          Map.entry("signalEventDefinition", MESSAGE),
          Map.entry("escalationEventDefinition", MESSAGE),
          Map.entry("conditionalEventDefinition", MESSAGE),
          Map.entry("compensateEventDefinition", "Draw the compensating tasks as flow."),
          Map.entry("cancelEventDefinition", "Use an error event."),
          Map.entry("linkEventDefinition", "Draw a sequence flow."),
          Map.entry("messageEventDefinition", "Use a receive task in a parallel branch."),
          Map.entry("errorEventDefinition", "Use a boundary error event or an error end event."),
          Map.entry("terminateEventDefinition", "Use it on an end event."),
          Map.entry("timerEventDefinition", "Use an intermediate or boundary timer event."),
          Map.entry("timeCycle", "Use timeDuration, and lead the flow back to repeat it."),
          Map.entry("dataStoreReference", "Use a data object."),
          Map.entry("property", "Use a data object of the process."),
          Map.entry(
              "dataInputAssociation", "Remove it: a script sees every data object by its name."),
          Map.entry(
              "dataOutputAssociation",
              "Remove it: nothing comes in; a service task has an answer."),
          Map.entry(
              "assignment", "Use a transformation, parley:payload or parley:resultExpression."),
          Map.entry("correlationSubscription", "Use a correlationKey of the collaboration."),
          Map.entry("ioBinding", "Use supportedInterfaceRef, and receive and send tasks."),
          Map.entry("subConversation", "Declare its keys in a conversation."));

  private Remedy() {}

  static String of(String element) {
    return BY_ELEMENT.getOrDefault(
        element, "Remove it, or move it to a process that is not executable.");
  }
}
