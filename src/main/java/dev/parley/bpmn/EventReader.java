package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode.BoundaryErrorEvent;
import dev.parley.bpmn.FlowNode.BoundaryTimerEvent;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.EndEvent;
import dev.parley.bpmn.FlowNode.EndResult;
import dev.parley.bpmn.FlowNode.MessageCatchEvent;
import dev.parley.bpmn.FlowNode.MessageThrowEvent;
import dev.parley.bpmn.FlowNode.StartEvent;
import dev.parley.bpmn.FlowNode.Timer;
import dev.parley.bpmn.FlowNode.TimerCatchEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads events by their position and their one definition (BPMN 2.0.2, clause 10.5). */
final class EventReader {

  private static final String NONE = "";
  private static final String MESSAGE = "messageEventDefinition";
  private static final String TIMER = "timerEventDefinition";
  private static final String ERROR = "errorEventDefinition";
  private static final String TERMINATE = "terminateEventDefinition";

  private final References references;
  private final Expressions expressions;
  private final Catalogue catalogue;
  private final MessagingReader messaging;
  private final DataReader data;
  private final Findings findings;

  EventReader(
      References references,
      Expressions expressions,
      Catalogue catalogue,
      MessagingReader messaging,
      DataReader data,
      Findings findings) {
    this.references = references;
    this.expressions = expressions;
    this.catalogue = catalogue;
    this.messaging = messaging;
    this.data = data;
    this.findings = findings;
  }

  Optional<FlowNode> start(XmlElement event, Common common) {
    return trigger(event, NONE, MESSAGE)
        .map(
            trigger ->
                new StartEvent(
                    common, trigger.equals(event) ? null : messaging.read(event, trigger)));
  }

  Optional<FlowNode> end(XmlElement event, Common common) {
    return trigger(event, NONE, MESSAGE, ERROR, TERMINATE)
        .map(trigger -> new EndEvent(common, result(event, trigger)));
  }

  private EndResult result(XmlElement event, XmlElement trigger) {
    return switch (trigger.kind()) {
      case MESSAGE -> new EndResult.MessageEnd(messaging.read(event, trigger));
      case ERROR ->
          new EndResult.ErrorEnd(error(trigger), messaging.payload(event), data.inputs(event));
      case TERMINATE -> new EndResult.TerminateEnd();
      default -> new EndResult.None();
    };
  }

  Optional<FlowNode> caught(XmlElement event, Common common) {
    return trigger(event, MESSAGE, TIMER)
        .flatMap(
            trigger ->
                trigger.kind().equals(MESSAGE)
                    ? Optional.of(new MessageCatchEvent(common, messaging.read(event, trigger)))
                    : timer(trigger).map(timer -> new TimerCatchEvent(common, timer)));
  }

  Optional<FlowNode> thrown(XmlElement event, Common common) {
    return trigger(event, MESSAGE)
        .map(trigger -> new MessageThrowEvent(common, messaging.read(event, trigger)));
  }

  Optional<FlowNode> boundary(XmlElement event, Common common) {
    var attachedTo = references.byAttribute(event, "attachedToRef").map(XmlElement::id).orElse("");
    var trigger = trigger(event, TIMER, ERROR);
    if (trigger.isEmpty()) {
      return Optional.empty();
    }
    boolean cancels = event.isTrue("cancelActivity", true);
    if (trigger.get().kind().equals(TIMER)) {
      return timer(trigger.get()).map(t -> new BoundaryTimerEvent(common, attachedTo, cancels, t));
    }
    if (!cancels) {
      findings.error(
          event,
          Rule.BOUNDARY,
          "Expected error event '%s' to interrupt its activity, but cancelActivity is false."
              .formatted(event.label()),
          "Remove cancelActivity: an error always interrupts.");
    }
    return Optional.of(
        new BoundaryErrorEvent(
            common,
            attachedTo,
            error(trigger.get()),
            data.outputs(event),
            messaging.result(event)));
  }

  private @Nullable ErrorDefinition error(XmlElement definition) {
    return references
        .byAttribute(definition, "errorRef", "error")
        .map(e -> catalogue.errors.get(e.id()))
        .orElse(null);
  }

  private Optional<Timer> timer(XmlElement definition) {
    var date = definition.child("timeDate");
    var duration = definition.child("timeDuration");
    boolean refused = definition.child("timeCycle").isPresent();
    if (!refused && date.isPresent() == duration.isPresent()) {
      findings.error(
          definition,
          Rule.TIMER,
          "Expected either timeDate or timeDuration, but found %s."
              .formatted(date.isPresent() ? "both" : "neither"),
          "Keep exactly one of them.");
    }
    return date.map(d -> new Timer(Timer.Kind.DATE, expressions.formal(d)))
        .or(() -> duration.map(d -> new Timer(Timer.Kind.DURATION, expressions.formal(d))));
  }

  private void checkNoData(XmlElement event) {
    for (var child : event.children()) {
      if (child.kind().startsWith("dataInput") || child.kind().startsWith("dataOutput")) {
        findings.error(
            child,
            Rule.UNSUPPORTED_ELEMENT,
            "Expected no %s in '%s', which carries no data, but found one."
                .formatted(child.name().getLocalPart(), event.label()),
            "Remove it, or use a message or error event.");
      }
    }
  }

  /** The event's definition, or the event itself where it may do without; empty when refused. */
  private Optional<XmlElement> trigger(XmlElement event, String... supported) {
    var definitions = references.eventDefinitions(event);
    var kinds = List.of(supported);
    boolean dangling = !event.children("eventDefinitionRef").isEmpty();
    if (definitions.isEmpty() && kinds.contains(NONE)) {
      checkNoData(event);
      return dangling ? Optional.empty() : Optional.of(event);
    }
    if (definitions.size() == 1 && kinds.contains(definitions.getFirst().kind())) {
      if (List.of(TIMER, TERMINATE).contains(definitions.getFirst().kind())) {
        checkNoData(event);
      }
      return Optional.of(definitions.getFirst());
    }
    refuse(event, definitions, kinds);
    return Optional.empty();
  }

  private void refuse(XmlElement event, List<XmlElement> definitions, List<String> supported) {
    var expected = supported.stream().filter(k -> !k.equals(NONE)).toList();
    String position = event.name().getLocalPart();
    if (definitions.size() != 1) {
      findings.error(
          event,
          Rule.EVENT_DEFINITION,
          "Expected %s '%s' to have one of %s, but it has %d event definitions."
              .formatted(position, event.label(), expected, definitions.size()),
          "Use one event for each.");
      return;
    }
    var found = definitions.getFirst();
    findings.error(
        event.children().contains(found) ? found : event,
        Rule.UNSUPPORTED_ELEMENT,
        "Expected %s '%s' to have one of %s, but %s is not executed there."
            .formatted(position, event.label(), expected, found.what()),
        Remedy.of(found.kind()));
  }
}
