package dev.parley.bpmn;

import dev.parley.bpmn.TriggerDefinition.Timer;
import java.util.Arrays;
import java.util.List;

/** What an event's definition must say to be executed (BPMN 2.0.2, clause 10.5.5). */
final class EventRules {
  private final Findings findings;

  EventRules(Findings findings) {
    this.findings = findings;
  }

  void check(XmlElement event, XmlElement definition, boolean interruptsAlways) {
    if (interruptsAlways) {
      checkInterrupts(event);
    }
    switch (definition.kind()) {
      case EventReader.TIMER -> checkTimer(event, definition);
      case EventReader.SIGNAL -> checkNamed(definition, "signalRef", "a signal");
      case EventReader.LINK -> checkNamed(definition, "name", "its other end");
      case EventReader.CONDITIONAL -> checkCondition(definition);
      default -> {}
    }
  }

  private void checkInterrupts(XmlElement event) {
    for (var attribute : List.of("cancelActivity", "isInterrupting")) {
      if (!event.isTrue(attribute, true)) {
        findings.error(
            event,
            Rule.BOUNDARY,
            "Expected error event '%s' to interrupt, but %s is false."
                .formatted(event.label(), attribute),
            "Remove %s: an error always interrupts.".formatted(attribute));
      }
    }
  }

  /** Only the start event of an event sub-process has something to interrupt. */
  void checkStart(XmlElement event, XmlElement container) {
    if (!event.isTrue("isInterrupting", true) && !ProcessTree.isEventSubProcess(container)) {
      findings.error(
          event,
          Rule.UNSUPPORTED_ATTRIBUTE,
          "Expected '%s' to start an event sub-process, being not interrupting, but it does not."
              .formatted(event.label()),
          "Remove isInterrupting.");
    }
  }

  private void checkTimer(XmlElement event, XmlElement definition) {
    var said =
        Arrays.stream(Timer.Kind.values())
            .map(TriggerReader::element)
            .filter(e -> definition.child(e).isPresent())
            .toList();
    if (said.size() != 1) {
      findings.error(
          definition,
          Rule.TIMER,
          "Expected exactly one of timeDate, timeDuration and timeCycle, but found %s."
              .formatted(said.isEmpty() ? "none" : String.join(" and ", said)),
          "Keep exactly one of them.");
    } else if (said.getFirst().equals("timeCycle") && !repeats(event)) {
      findings.error(
          definition,
          Rule.TIMER,
          "Expected '%s' to happen once, but timeCycle repeats it.".formatted(event.label()),
          "Use timeDuration; timeCycle belongs to events that do not interrupt.");
    }
  }

  private static boolean repeats(XmlElement event) {
    return !event.isTrue("cancelActivity", true) || !event.isTrue("isInterrupting", true);
  }

  private void checkNamed(XmlElement definition, String attribute, String what) {
    if (definition.attribute(attribute).isEmpty()) {
      findings.error(
          definition,
          Rule.EVENT_DEFINITION,
          "Expected %s to name %s, but %s is missing."
              .formatted(definition.name().getLocalPart(), what, attribute),
          "Add %s.".formatted(attribute));
    }
  }

  private void checkCondition(XmlElement definition) {
    if (definition.child("condition").isEmpty()) {
      findings.error(
          definition,
          Rule.EVENT_DEFINITION,
          "Expected a condition in the conditional event, but found none.",
          "Add a condition.");
    }
  }

  void checkNoData(XmlElement event) {
    for (var child : event.children()) {
      if (child.kind().startsWith("dataInput") || child.kind().startsWith("dataOutput")) {
        findings.error(
            child,
            Rule.UNSUPPORTED_ELEMENT,
            "Expected no %s in '%s', which carries no data, but found one."
                .formatted(child.name().getLocalPart(), event.label()),
            "Remove it, or use an event that carries data.");
      }
    }
  }

  /** A link is one event's own: two events with one definition would be two ends of it. */
  void refuseReferenced(XmlElement event) {
    findings.error(
        event,
        Rule.LINK,
        "Expected '%s' to have its linkEventDefinition inside, but it refers to one."
            .formatted(event.label()),
        "Write the linkEventDefinition into the event.");
  }

  void refuse(XmlElement event, List<XmlElement> definitions, List<String> supported) {
    var expected = supported.stream().filter(k -> !k.equals(EventReader.NONE)).toList();
    var position = event.name().getLocalPart();
    var wanted = expected.isEmpty() ? "no event definition" : "one of " + expected;
    if (definitions.size() != 1) {
      findings.error(
          event,
          Rule.EVENT_DEFINITION,
          "Expected %s '%s' to have %s, but it has %d event definitions."
              .formatted(position, event.label(), wanted, definitions.size()),
          "Use one event for each.");
      return;
    }
    var found = definitions.getFirst();
    findings.error(
        event.children().contains(found) ? found : event,
        Rule.UNSUPPORTED_ELEMENT,
        "Expected %s '%s' to have %s, but %s is not executed there."
            .formatted(position, event.label(), wanted, found.what()),
        Remedy.of(found.kind()));
  }
}
