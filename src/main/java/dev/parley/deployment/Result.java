package dev.parley.deployment;

import dev.parley.deployment.Interaction.Outgoing;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** What a throwing event brings about, compiled (BPMN 2.0.2, clause 10.5.5). */
public sealed interface Result {
  record None() implements Result {}

  /** The interaction is a Send or a Reply. */
  record Message(Interaction interaction) implements Result {}

  /** Data is null where the error has none. */
  // BPMN's word; nobody imports it without its enclosing type.
  @SuppressWarnings("JavaLangClash")
  record Error(QName code, @Nullable Outgoing data) implements Result {}

  /** A null code is caught only by what catches every escalation. */
  record Escalation(@Nullable String code, Outgoing data) implements Result {}

  record Signal(String name, Outgoing data) implements Result {}

  /** The token goes on at the catching link event with this number. */
  record Link(int target) implements Result {}

  record Terminate() implements Result {}
}
