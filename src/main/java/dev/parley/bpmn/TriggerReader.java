package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.EscalationDefinition;
import dev.parley.bpmn.Definitions.SignalDefinition;
import dev.parley.bpmn.ResultDefinition.Given;
import dev.parley.bpmn.TriggerDefinition.Kept;
import dev.parley.bpmn.TriggerDefinition.Timer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads event definitions, each by what it does at its event (BPMN 2.0.2, clause 10.5.5). */
final class TriggerReader {
  private final References references;
  private final Expressions expressions;
  private final Catalogue catalogue;
  private final MessagingReader messaging;
  private final DataReader data;

  TriggerReader(
      References references,
      Expressions expressions,
      Catalogue catalogue,
      MessagingReader messaging,
      DataReader data) {
    this.references = references;
    this.expressions = expressions;
    this.catalogue = catalogue;
    this.messaging = messaging;
    this.data = data;
  }

  /** What a definition waits for; empty where something was found. */
  Optional<TriggerDefinition> trigger(XmlElement event, XmlElement definition) {
    return switch (definition.kind()) {
      case EventReader.MESSAGE ->
          Optional.of(new TriggerDefinition.Message(messaging.read(event, definition)));
      case EventReader.TIMER -> timer(definition);
      case EventReader.ERROR ->
          Optional.of(new TriggerDefinition.Error(error(definition), kept(event)));
      case EventReader.ESCALATION ->
          Optional.of(new TriggerDefinition.Escalation(escalation(definition), kept(event)));
      case EventReader.SIGNAL ->
          signal(definition).map(s -> new TriggerDefinition.Signal(s.name(), kept(event)));
      case EventReader.CONDITIONAL ->
          definition
              .child("condition")
              .map(c -> new TriggerDefinition.Conditional(expressions.condition(c)));
      case EventReader.LINK ->
          Optional.of(new TriggerDefinition.Link(definition.attribute("name").orElse("")));
      default -> Optional.of(new TriggerDefinition.None());
    };
  }

  /** What a definition brings about; empty where something was found. */
  Optional<ResultDefinition> result(XmlElement event, XmlElement definition) {
    return switch (definition.kind()) {
      case EventReader.MESSAGE ->
          Optional.of(new ResultDefinition.Message(messaging.read(event, definition)));
      case EventReader.ERROR ->
          Optional.of(new ResultDefinition.Error(error(definition), given(event)));
      case EventReader.ESCALATION ->
          Optional.of(new ResultDefinition.Escalation(escalation(definition), given(event)));
      case EventReader.SIGNAL ->
          signal(definition).map(s -> new ResultDefinition.Signal(s.name(), given(event)));
      case EventReader.LINK ->
          Optional.of(new ResultDefinition.Link(definition.attribute("name").orElse("")));
      case EventReader.TERMINATE -> Optional.of(new ResultDefinition.Terminate());
      default -> Optional.of(new ResultDefinition.None());
    };
  }

  private Kept kept(XmlElement event) {
    return new Kept(data.outputs(event), messaging.result(event));
  }

  private Given given(XmlElement event) {
    return new Given(messaging.payload(event), data.inputs(event));
  }

  private @Nullable ErrorDefinition error(XmlElement definition) {
    return references
        .byAttribute(definition, "errorRef", "error")
        .map(e -> catalogue.errors.get(e.id()))
        .orElse(null);
  }

  private @Nullable String escalation(XmlElement definition) {
    return references
        .byAttribute(definition, "escalationRef", "escalation")
        .map(e -> Objects.requireNonNull(catalogue.escalations.get(e.id())))
        .map(EscalationDefinition::code)
        .orElse(null);
  }

  private Optional<SignalDefinition> signal(XmlElement definition) {
    return references
        .byAttribute(definition, "signalRef", "signal")
        .map(s -> catalogue.signals.get(s.id()));
  }

  private Optional<TriggerDefinition> timer(XmlElement definition) {
    for (var kind : Timer.Kind.values()) {
      var formal = definition.child(element(kind)).map(expressions::formal);
      if (formal.isPresent()) {
        return Optional.of(new Timer(kind, formal.get()));
      }
    }
    return Optional.empty();
  }

  static String element(Timer.Kind kind) {
    return switch (kind) {
      case DATE -> "timeDate";
      case DURATION -> "timeDuration";
      case CYCLE -> "timeCycle";
    };
  }
}
