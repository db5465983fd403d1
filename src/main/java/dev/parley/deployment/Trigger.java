package dev.parley.deployment;

import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.expression.Expression;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** What a catching event waits for, compiled (BPMN 2.0.2, clause 10.5.5). */
public sealed interface Trigger {

  /** The message that it takes; empty for all but messages. */
  default Optional<Receive> receive() {
    return Optional.empty();
  }

  record None() implements Trigger {}

  record Message(Receive taken) implements Trigger {
    @Override
    public Optional<Receive> receive() {
      return Optional.of(taken);
    }
  }

  /** An ISO 8601 date-time, duration or repeating interval, as the expression's text value. */
  record Timer(Kind kind, Expression expression) implements Trigger {
    /** What the text is. */
    public enum Kind {
      DATE,
      DURATION,
      CYCLE
    }
  }

  /** A null code catches every error. */
  // BPMN's word; nobody imports it without its enclosing type.
  @SuppressWarnings("JavaLangClash")
  record Error(@Nullable QName code, List<Keep> results) implements Trigger {}

  /** A null code catches every escalation. */
  record Escalation(@Nullable String code, List<Keep> results) implements Trigger {}

  /** By name, whichever instance throws it. */
  record Signal(String name, List<Keep> results) implements Trigger {}

  /** Happens when the condition becomes true. */
  record Conditional(Expression condition) implements Trigger {}

  /** Where link events of this name lead. */
  record Link(String name) implements Trigger {}
}
