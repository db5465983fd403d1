package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation whose message arrived: by the body's element, which an action must not
 * contradict (WS-I Basic Profile 1.1, R2710 and R1127); by the action where several operations
 * share the element.
 */
final class OperationResolver {
  private static final QName EMPTY = new QName("");

  private final ServicePort port;
  private final List<Operation> operations;
  private final Map<QName, List<Operation>> byElement;
  private final Map<String, List<Operation>> byAction;

  /**
   * A resolver.
   *
   * @param operations that are hosted at the port
   */
  OperationResolver(ServicePort port, List<Operation> operations) {
    this.port = port;
    this.operations = List.copyOf(operations);
    byElement = operations.stream().collect(Collectors.groupingBy(OperationResolver::element));
    byAction = new HashMap<>();
    for (var operation : operations) {
      actions(operation).distinct().forEach(action -> add(action, operation));
    }
    // Not an action by any standard, but used by many; another operation's action goes first.
    operations.forEach(o -> byAction.putIfAbsent(Actions.base(o), List.of(o)));
  }

  /** The action is the HTTP binding's: empty where the sender gave none. */
  Operation resolve(Envelope envelope, String action) {
    @Nullable QName root = envelope.root();
    var candidates = byElement.get(root == null ? EMPTY : root);
    if (candidates == null) {
      throw unknown(root);
    }
    var operation =
        candidates.size() == 1 ? candidates.getFirst() : choose(candidates, envelope, action);
    check(operation, action);
    @Nullable String addressed = envelope.addressing().action();
    if (addressed != null) {
      var named = byAction.get(addressed);
      if (named != null && !named.contains(operation)) {
        String expected = Actions.first(operation, soapAction(operation));
        throw contradiction(operation, "wsa:Action", expected, addressed);
      }
    }
    return operation;
  }

  /** The message of an operation that is sent to whoever hosts it from here. */
  static MessageKind received(Operation operation) {
    return operation.pattern().first();
  }

  private Operation choose(List<Operation> candidates, Envelope envelope, String action) {
    @Nullable String addressed = envelope.addressing().action();
    var named = candidates.stream().filter(o -> names(o, action) || names(o, addressed)).toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw refusal(
        FaultKind.INVALID_MESSAGE,
        "Several operations take this element: %s. The SOAPAction '%s' does not say which one."
            .formatted(texts(candidates), action),
        "Send the SOAPAction of one of them.");
  }

  private void check(Operation operation, String action) {
    if (action.isEmpty()) {
      return;
    }
    String own = soapAction(operation);
    var named = byAction.get(action);
    boolean wrong = named == null ? !own.isEmpty() : !named.contains(operation);
    if (wrong) {
      throw contradiction(operation, "SOAPAction", own, action);
    }
  }

  private Refusal contradiction(Operation operation, String header, String expected, String found) {
    return refusal(
        FaultKind.INVALID_MESSAGE,
        "The body is a message of operation '%s'. Expected %s '%s', but found '%s'."
            .formatted(operation.name().operation(), header, expected, found),
        "Send the body and the action of one operation.");
  }

  private Refusal unknown(@Nullable QName root) {
    return refusal(
        FaultKind.UNKNOWN_OPERATION,
        "No operation takes %s.".formatted(root == null ? "an empty body" : "the element " + root),
        "Send a message of one of these operations: " + texts(operations) + ".");
  }

  private Refusal refusal(FaultKind kind, String reason, String remedy) {
    return Faults.refusal(kind, reason, remedy, port.process());
  }

  private boolean names(Operation operation, @Nullable String action) {
    return action != null
        && !action.isEmpty()
        && byAction.getOrDefault(action, List.of()).contains(operation);
  }

  private void add(String action, Operation operation) {
    byAction.merge(
        action, List.of(operation), (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  private Stream<String> actions(Operation operation) {
    return Stream.of(soapAction(operation), Actions.of(operation, received(operation)))
        .filter(action -> !action.isEmpty());
  }

  /** As the binding says; empty where it says nothing. */
  private String soapAction(Operation operation) {
    return port.port().soapActions().getOrDefault(operation.name().operation(), "");
  }

  private static String texts(List<Operation> operations) {
    return operations.stream()
        .map(o -> "%s (%s)".formatted(o.name().operation(), text(element(o))))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String text(QName element) {
    return element.equals(EMPTY) ? "empty body" : element.toString();
  }

  private static QName element(Operation operation) {
    return operation.message(received(operation)).map(MessageType::element).orElse(EMPTY);
  }
}
