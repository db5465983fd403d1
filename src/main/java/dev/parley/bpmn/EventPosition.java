package dev.parley.bpmn;

import static dev.parley.bpmn.EventReader.CONDITIONAL;
import static dev.parley.bpmn.EventReader.ERROR;
import static dev.parley.bpmn.EventReader.ESCALATION;
import static dev.parley.bpmn.EventReader.LINK;
import static dev.parley.bpmn.EventReader.MESSAGE;
import static dev.parley.bpmn.EventReader.NONE;
import static dev.parley.bpmn.EventReader.SIGNAL;
import static dev.parley.bpmn.EventReader.TERMINATE;
import static dev.parley.bpmn.EventReader.TIMER;

import java.util.List;

/** Where an event stands, and the definitions that execute there (BPMN 2.0.2, table 10.93). */
enum EventPosition {
  START("startEvent", NONE, MESSAGE),
  SUB_PROCESS_START("startEvent", NONE),
  EVENT_SUB_PROCESS_START("startEvent", MESSAGE, TIMER, ERROR, ESCALATION, SIGNAL, CONDITIONAL),
  CATCH("intermediateCatchEvent", MESSAGE, TIMER, SIGNAL, CONDITIONAL, LINK),
  BOUNDARY("boundaryEvent", MESSAGE, TIMER, ERROR, ESCALATION, SIGNAL, CONDITIONAL),
  THROW("intermediateThrowEvent", NONE, MESSAGE, ESCALATION, SIGNAL, LINK),
  END("endEvent", NONE, MESSAGE, ERROR, ESCALATION, SIGNAL, TERMINATE);

  private static final List<String> INTERRUPTING_ALWAYS = List.of(ERROR);

  private final String element;

  // List.of is immutable, but its type does not say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> definitions;

  EventPosition(String element, String... definitions) {
    this.element = element;
    this.definitions = List.of(definitions);
  }

  /** Of a start event, by the process or sub-process that it stands in. */
  static EventPosition ofStart(XmlElement container) {
    if (ProcessTree.isEventSubProcess(container)) {
      return EVENT_SUB_PROCESS_START;
    }
    return ProcessTree.isSubProcess(container) ? SUB_PROCESS_START : START;
  }

  String element() {
    return element;
  }

  List<String> definitions() {
    return definitions;
  }

  /** Whether an event with this definition executes here without interrupting. */
  boolean executesWithoutInterrupting(String definition) {
    return definitions.contains(definition) && !interruptsAlways(definition);
  }

  static boolean interruptsAlways(String definition) {
    return INTERRUPTING_ALWAYS.contains(definition);
  }
}
