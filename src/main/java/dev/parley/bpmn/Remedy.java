package dev.parley.bpmn;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What to model instead of an element that is not executed. */
final class Remedy {

  private static final String GATEWAYS = "Use exclusive, inclusive and parallel gateways.";
  private static final String SUB_PROCESS =
      "Use an embedded sub-process, with boundary events for what may go wrong.";
  private static final String MESSAGE = "Use a message event.";

  private static final Map<String, String> BY_ELEMENT =
      Map.ofEntries(
          Map.entry("businessRuleTask", "Use a script task in XQuery, or call the rules' service."),
          Map.entry("transaction", SUB_PROCESS),
          Map.entry("adHocSubProcess", SUB_PROCESS),
          Map.entry("complexGateway", GATEWAYS),
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
          Map.entry("property", "Declare it in the process or sub-process."),
          Map.entry("potentialOwner", "Remove it: whoever may use REST may complete the task."),
          Map.entry("humanPerformer", "Remove it: whoever may use REST may complete the task."),
          Map.entry("performer", "Remove it: whoever may use REST may complete the task."),
          Map.entry(
              "dataOutputAssociation",
              "Remove it: nothing comes in; a service task has an answer."),
          Map.entry("ioBinding", "Use supportedInterfaceRef, and receive and send tasks."),
          Map.entry("subConversation", "Declare its keys in a conversation."));

  private Remedy() {}

  /** Those that are not executed everywhere, or nowhere. */
  static SortedMap<String, String> all() {
    return new TreeMap<>(BY_ELEMENT);
  }

  static String of(String element) {
    return BY_ELEMENT.getOrDefault(
        element, "Remove it, or move it to a process that is not executable.");
  }
}
