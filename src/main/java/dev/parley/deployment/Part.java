package dev.parley.deployment;

import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.MessageType;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Which message of which operation a node takes or gives.
 *
 * @param fault null unless the kind is FAULT
 */
record Part(JoinedOperation operation, MessageKind kind, @Nullable FaultType fault) {

  MessageName message() {
    return new MessageName(operation.name(), kind);
  }

  /** Whether it is the message that begins an exchange. */
  boolean isFirst() {
    return kind == operation.first();
  }

  /** Whether it is the message that ends an exchange, not a fault. */
  boolean isResponse() {
    return kind == operation.second();
  }

  /** The body's element; empty where the body is. */
  Optional<QName> element() {
    MessageType type = fault == null ? operation.message(kind) : fault.message();
    return Optional.ofNullable(type).flatMap(t -> Optional.ofNullable(t.element()));
  }

  /** The model's name for the message; empty for a fault. */
  Optional<MessageDefinition> model() {
    if (kind == MessageKind.FAULT) {
      return Optional.empty();
    }
    return isFirst()
        ? Optional.of(operation.model().inMessage())
        : Optional.ofNullable(operation.model().outMessage());
  }

  /** The same operation's second message. */
  Part answer() {
    return new Part(operation, operation.second(), null);
  }
}
