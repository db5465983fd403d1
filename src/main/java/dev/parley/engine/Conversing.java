package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ServicePort;
import dev.parley.expression.EndpointReferences;
import dev.parley.expression.EvaluationException;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.EndpointReference;
import dev.parley.message.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/**
 * Instances that hand out an endpoint reference of their own: its reference parameter is a
 * correlation key of the instance that comes back with every message sent there.
 */
final class Conversing {
  private static final QName NAME = ExecutableProcess.Key.CONVERSATION_PARAMETER;

  private Conversing() {}

  /** A new instance has its conversation from the beginning. */
  static void begin(Execution execution) {
    execution
        .process()
        .conversation()
        .ifPresent(
            key ->
                execution
                    .state()
                    .scope(ProcessInstance.ROOT)
                    .correlate(
                        KeySet.of(Map.of(key.index(), List.of(value(execution.before().id()))))));
  }

  /** Says nothing to whoever holds it. */
  private static String value(InstanceId id) {
    return Digest.of("conversation", id.toString()).toString();
  }

  static Value ownEndpoint(ExecutableProcess process, InstanceId id, String port) {
    var hosted =
        process.provided().stream()
            .filter(p -> p.port().name().equals(port))
            .findFirst()
            .orElseThrow(() -> unknown(process, port));
    var parameter =
        Body.of(
            "<p:%1$s xmlns:p=\"%2$s\">%3$s</p:%1$s>"
                .formatted(NAME.getLocalPart(), NAME.getNamespaceURI(), value(id)));
    return EndpointReferences.value(new EndpointReference(hosted.address(), List.of(parameter)));
  }

  private static EvaluationException unknown(ExecutableProcess process, String port) {
    return new EvaluationException(
        "Expected the name of a port that the process is hosted at, which are %s, but found '%s'"
            .formatted(
                process.provided().stream()
                    .map(ServicePort::port)
                    .map(p -> p.name())
                    .collect(Collectors.joining(", ")),
                port));
  }
}
