package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode.Messaging;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event that catches waits for (BPMN 2.0.2, clause 10.5.5). */
public sealed interface TriggerDefinition {

  /** What it receives; empty for all but messages. */
  default Optional<Messaging> messaging() {
    return Optional.empty();
  }

  /** A none start event. */
  record None() implements TriggerDefinition {}

  record Message(Messaging exchanged) implements TriggerDefinition {
    @Override
    public Optional<Messaging> messaging() {
      return Optional.of(exchanged);
    }
  }

  /** ISO 8601, literal or expression. */
  record Timer(Kind kind, Formal expression) implements TriggerDefinition {
    /** Which of the timer event definition's elements it is. */
    public enum Kind {
      DATE,
      DURATION,
      CYCLE
    }
  }

  /** A null error catches every error. */
  // BPMN's word; nobody imports it without its enclosing type.
  @SuppressWarnings("JavaLangClash")
  record Error(@Nullable ErrorDefinition error, Kept kept) implements TriggerDefinition {}

  /** A null code catches every escalation. */
  record Escalation(@Nullable String code, Kept kept) implements TriggerDefinition {}

  /** By the signal's name, wherever it is thrown in this gateway. */
  record Signal(String name, Kept kept) implements TriggerDefinition {}

  /** Happens when the condition becomes true. */
  record Conditional(Formal condition) implements TriggerDefinition {}

  /** The other end of every throwing link event of the same name. */
  record Link(String name) implements TriggerDefinition {}

  /** Where what came with an event goes: by data associations or {@code parley:result}. */
  record Kept(List<DataAssociation> outputs, @Nullable String result) {}
}
