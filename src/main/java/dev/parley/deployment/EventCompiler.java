package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.BoundaryEvent;
import dev.parley.bpmn.FlowNode.EndEvent;
import dev.parley.bpmn.FlowNode.IntermediateThrowEvent;
import dev.parley.bpmn.ResultDefinition;
import dev.parley.bpmn.ResultDefinition.Given;
import dev.parley.bpmn.TriggerDefinition;
import dev.parley.bpmn.TriggerDefinition.Kept;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles what events wait for and what they bring about; empty where something was found. */
final class EventCompiler {
  private final Graph graph;
  private final Interactions interactions;
  private final Errors errors;
  private final DataJoin data;
  private final Formulas formulas;

  EventCompiler(
      Graph graph, Interactions interactions, Errors errors, DataJoin data, Formulas formulas) {
    this.graph = graph;
    this.interactions = interactions;
    this.errors = errors;
    this.data = data;
    this.formulas = formulas;
  }

  /** A boundary event, which needs to know what the activity that it is attached to does. */
  Optional<Element> boundary(BoundaryEvent event, @Nullable Element host) {
    int attachedTo = graph.node(event.attachedTo());
    boolean loops = graph.definition(event.attachedTo()).common().loop() != null;
    var trigger =
        event.trigger() instanceof TriggerDefinition.Error error && host != null && !loops
            ? errors.caughtAt(event, error, host)
            : trigger(event, event.trigger());
    return trigger.map(t -> new Element.BoundaryEvent(attachedTo, event.cancelActivity(), t));
  }

  Optional<Trigger> trigger(FlowNode event, TriggerDefinition trigger) {
    return switch (trigger) {
      case TriggerDefinition.None _ -> Optional.of(new Trigger.None());
      case TriggerDefinition.Message _ -> interactions.receive(event).map(Trigger.Message::new);
      case TriggerDefinition.Timer timer ->
          new Timers(formulas).compile(timer, event.id()).map(t -> t);
      case TriggerDefinition.Error error -> errors.caught(event, error);
      case TriggerDefinition.Escalation(var code, var kept) ->
          keeps(event, kept).map(k -> new Trigger.Escalation(code, k));
      case TriggerDefinition.Signal(var name, var kept) ->
          keeps(event, kept).map(k -> new Trigger.Signal(name, k));
      case TriggerDefinition.Conditional(var condition) ->
          formulas.compile(condition, event.id()).map(Trigger.Conditional::new);
      case TriggerDefinition.Link(var name) -> Optional.of(new Trigger.Link(name));
    };
  }

  Optional<Element> thrown(IntermediateThrowEvent event) {
    return result(event, event.result()).map(Element.IntermediateThrowEvent::new);
  }

  Optional<Element> end(EndEvent event) {
    return result(event, event.result()).map(Element.EndEvent::new);
  }

  private Optional<Result> result(FlowNode event, ResultDefinition result) {
    return switch (result) {
      case ResultDefinition.None _ -> Optional.of(new Result.None());
      case ResultDefinition.Message _ -> interactions.send(event).map(Result.Message::new);
      case ResultDefinition.Error error -> errors.thrown(event, error);
      case ResultDefinition.Escalation(var code, var given) ->
          outgoing(event, given).map(o -> new Result.Escalation(code, o));
      case ResultDefinition.Signal(var name, var given) ->
          outgoing(event, given).map(o -> new Result.Signal(name, o));
      case ResultDefinition.Link(var name) -> Optional.of(new Result.Link(graph.link(event, name)));
      case ResultDefinition.Terminate _ -> Optional.of(new Result.Terminate());
    };
  }

  private Optional<Outgoing> outgoing(FlowNode event, Given given) {
    return data.outgoing(event.common(), given.payload(), given.inputs(), Optional.empty());
  }

  private Optional<List<Keep>> keeps(FlowNode event, Kept kept) {
    return data.keeps(event.common(), kept.outputs(), kept.result(), null, Optional.empty());
  }
}
