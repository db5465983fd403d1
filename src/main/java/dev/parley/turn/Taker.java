package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.MediaType;
import dev.parley.wsdl.MessageType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;

/** A process and a message that it takes. */
public record Taker(String process, MessageName message) {

  /**
   * Who may be meant by a body; empty process or operation: whatever it is, and then the body's
   * element must be that of the message.
   *
   * @param operation local name of an operation, or name of a message
   */
  public static List<Taker> of(
      Deployments deployments, Body body, String process, String operation) {
    var element = element(body);
    var takers = new LinkedHashSet<Taker>();
    for (var latest : deployments.latest()) {
      String key = latest.process().key();
      if (!process.isEmpty() && !process.equals(key)) {
        continue;
      }
      for (var version : deployments.versions(key)) {
        version.received().stream()
            .filter(m -> isMeant(version, m, operation, element))
            .forEach(m -> takers.add(new Taker(key, m)));
      }
    }
    return List.copyOf(takers);
  }

  private static Optional<QName> element(Body body) {
    return body.isEmpty() || body.type() != MediaType.XML
        ? Optional.empty()
        : Value.xml(body).element();
  }

  private static boolean isMeant(
      ProcessVersion version, MessageName message, String operation, Optional<QName> element) {
    if (!operation.isEmpty()) {
      return operation.equals(message.operation().operation());
    }
    var contract = version.process().operations().get(message.operation());
    return contract != null
        && element.isPresent()
        && contract
            .message(message.kind())
            .map(MessageType::element)
            .filter(element.get()::equals)
            .isPresent();
  }
}
