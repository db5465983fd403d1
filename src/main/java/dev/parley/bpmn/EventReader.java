package dev.parley.bpmn;

import dev.parley.bpmn.FlowNode.BoundaryEvent;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.EndEvent;
import dev.parley.bpmn.FlowNode.IntermediateCatchEvent;
import dev.parley.bpmn.FlowNode.IntermediateThrowEvent;
import dev.parley.bpmn.FlowNode.StartEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads events by their position: which definitions each may have (BPMN 2.0.2, table 10.93). */
final class EventReader {
  static final String NONE = "";
  static final String MESSAGE = "messageEventDefinition";
  static final String TIMER = "timerEventDefinition";
  static final String ERROR = "errorEventDefinition";
  static final String ESCALATION = "escalationEventDefinition";
  static final String SIGNAL = "signalEventDefinition";
  static final String CONDITIONAL = "conditionalEventDefinition";
  static final String LINK = "linkEventDefinition";
  static final String TERMINATE = "terminateEventDefinition";

  private static final Set<String> WITHOUT_DATA = Set.of(TIMER, TERMINATE, CONDITIONAL, LINK);

  private final References references;
  private final TriggerReader triggers;
  private final EventRules rules;

  EventReader(References references, TriggerReader triggers, Findings findings) {
    this.references = references;
    this.triggers = triggers;
    this.rules = new EventRules(findings);
  }

  /** Of a process, an embedded sub-process, or an event sub-process. */
  Optional<FlowNode> start(XmlElement event, Common common, XmlElement container) {
    boolean interrupting = event.isTrue("isInterrupting", true);
    rules.checkStart(event, container);
    return read(event, EventPosition.ofStart(container), d -> triggers.trigger(event, d))
        .map(trigger -> new StartEvent(common, trigger, interrupting));
  }

  Optional<FlowNode> caught(XmlElement event, Common common) {
    return read(event, EventPosition.CATCH, d -> triggers.trigger(event, d))
        .map(trigger -> new IntermediateCatchEvent(common, trigger));
  }

  Optional<FlowNode> boundary(XmlElement event, Common common) {
    var attachedTo = references.byAttribute(event, "attachedToRef").map(XmlElement::id).orElse("");
    boolean cancels = event.isTrue("cancelActivity", true);
    return read(event, EventPosition.BOUNDARY, d -> triggers.trigger(event, d))
        .map(trigger -> new BoundaryEvent(common, attachedTo, cancels, trigger));
  }

  Optional<FlowNode> thrown(XmlElement event, Common common) {
    return read(event, EventPosition.THROW, d -> triggers.result(event, d))
        .map(result -> new IntermediateThrowEvent(common, result));
  }

  Optional<FlowNode> end(XmlElement event, Common common) {
    return read(event, EventPosition.END, d -> triggers.result(event, d))
        .map(result -> new EndEvent(common, result));
  }

  /** By the event's definition, or the event itself where it may do without. */
  private <T> Optional<T> read(
      XmlElement event, EventPosition position, Function<XmlElement, Optional<T>> reading) {
    var definitions = references.eventDefinitions(event);
    var supported = position.definitions();
    boolean dangling = !event.children("eventDefinitionRef").isEmpty();
    if (definitions.isEmpty() && supported.contains(NONE)) {
      rules.checkNoData(event);
      return dangling ? Optional.empty() : reading.apply(event);
    }
    if (definitions.size() != 1 || !supported.contains(definitions.getFirst().kind())) {
      rules.refuse(event, definitions, supported);
      return Optional.empty();
    }
    var definition = definitions.getFirst();
    if (definition.kind().equals(LINK) && !event.children().contains(definition)) {
      rules.refuseReferenced(event);
      return Optional.empty();
    }
    if (WITHOUT_DATA.contains(definition.kind())) {
      rules.checkNoData(event);
    }
    rules.check(event, definition, EventPosition.interruptsAlways(definition.kind()));
    return reading.apply(definition);
  }
}
