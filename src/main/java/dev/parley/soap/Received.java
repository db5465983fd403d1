package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.message.MessageId;
import dev.parley.wsdl.Operation;
import org.jspecify.annotations.Nullable;

/** A request whose envelope was read and whose operation is known. */
record Received(
    ServicePort port, Operation operation, Envelope envelope, @Nullable String idempotencyKey) {

  WireFault.Subject subject(@Nullable MessageId id) {
    return new WireFault.Subject(
        port.process(), operation.name().operation(), id == null ? null : id.toString());
  }
}
