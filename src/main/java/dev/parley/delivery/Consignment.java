package dev.parley.delivery;

import dev.parley.deployment.ServicePort;
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
 */
public record Consignment(
    Message message,
    @Nullable ServicePort port,
    Operation operation,
    String endpoint,
    String wireId,
    Duration timeout) {}
