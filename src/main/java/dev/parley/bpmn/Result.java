package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode.Messaging;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event that throws brings about (BPMN 2.0.2, clause 10.5.5). */
public sealed interface Result {

  /** What it sends; empty for all but messages. */
  default Optional<Messaging> messaging() {
    return Optional.empty();
  }

  record None() implements Result {}

  record Message(Messaging exchanged) implements Result {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  // BPMN's word; nobody imports it without its enclosing type.
  @SuppressWarnings("JavaLangClash")
  record Error(@Nullable ErrorDefinition error, Given given) implements Result {}

  record Escalation(@Nullable String code, Given given) implements Result {}

  record Signal(String name, Given given) implements Result {}

  /** The token goes on at the catching link event of this name. */
  record Link(String name) implements Result {}

  record Terminate() implements Result {}

  /** What goes with an event: the expression {@code parley:payload} or an input association. */
  record Given(@Nullable Formal payload, List<DataAssociation> inputs) {}
}
