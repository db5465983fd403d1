package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode.Messaging;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event that throws brings about (BPMN 2.0.2, clause 10.5.5). */
public sealed interface ResultDefinition {

  /** What it sends; empty for all but messages. */
  default Optional<Messaging> messaging() {
    return Optional.empty();
  }

  record None() implements ResultDefinition {}

  record Message(Messaging exchanged) implements ResultDefinition {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  // BPMN's word; nobody imports it without its enclosing type.
  @SuppressWarnings("JavaLangClash")
  record Error(@Nullable ErrorDefinition error, Given given) implements ResultDefinition {}

  record Escalation(@Nullable String code, Given given) implements ResultDefinition {}

  record Signal(String name, Given given) implements ResultDefinition {}

  /** The token goes on at the catching link event of this name. */
  record Link(String name) implements ResultDefinition {}

  record Terminate() implements ResultDefinition {}

  /** What goes with an event: the expression {@code parley:payload} or an input association. */
  record Given(@Nullable Formal payload, List<DataAssociation> inputs) {}
}
