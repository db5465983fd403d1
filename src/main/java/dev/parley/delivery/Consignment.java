package dev.parley.delivery;

import dev.parley.deployment.ServicePort;
import dev.parley.message.Fault;
import dev.parley.message.Message;
import dev.parley.wsdl.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a partner.
 *
 * @param port the partner's, from its WSDL; null where it is a process of this gateway
 * @param operation whose message it is
 * @param endpoint where it goes: not always the port's own address
 * @param wireId the {@code wsa:MessageID}, the same with every attempt
 * @param timeout for connecting, and for waiting for the answer
 * @param fault what is sent instead of the message's body; null where that is sent
 * @param given the address came in a message: it is held to the list of those that are allowed
 */
public record Consignment(
    Message message,
    @Nullable ServicePort port,
    Operation operation,
    String endpoint,
    String wireId,
    Duration timeout,
    @Nullable Fault fault,
    boolean given) {}
