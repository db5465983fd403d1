package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.deployment.MessageUse.Direction;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * What each node of a process has to do with which operation, and so which interfaces the process
 * provides. Where neither messages nor participants say it, it is inferred: what a process receives
 * it provides, what it sends it calls.
 */
final class Roles {
  private final Operations operations;
  private final Findings findings;
  private final Set<QName> declared;
  private final Map<String, Part> parts = new HashMap<>();
  private final Map<String, Part> callbacks = new HashMap<>();
  private final List<MessageUse> uses;

  Roles(
      Definitions definitions,
      ProcessDefinition process,
      Graph graph,
      Operations operations,
      Findings findings) {
    this.operations = operations;
    this.findings = findings;
    this.declared = declaredInterfaces(definitions, process);
    this.uses =
        process.nodes().stream()
            .flatMap(n -> MessageUse.of(n, graph.instantiates(n)).stream())
            .toList();
    var joined = new HashMap<String, JoinedOperation>();
    uses.forEach(use -> operationOf(use).ifPresent(o -> joined.put(use.id(), o)));
    uses.forEach(this::addCallback);
    // What is said comes first, for the rest is inferred from it; receives before sends.
    decide(joined, use -> explicit(use, joined.get(use.id())));
    decide(joined, use -> use.receives() ? implicitReceive(use, joined) : Optional.empty());
    decide(joined, use -> implicitSend(use, joined));
  }

  private void addCallback(MessageUse use) {
    var callback = use.messaging().callback();
    if (callback != null) {
      operations
          .find(callback.id())
          .ifPresent(o -> callbacks.put(use.id(), new Part(o, o.first(), null)));
    }
  }

  /** The message that answers a service task instead of its own operation's. */
  Optional<Part> callback(MessageUse use) {
    return Optional.ofNullable(callbacks.get(use.id()));
  }

  private void decide(
      Map<String, JoinedOperation> joined, Function<MessageUse, Optional<Part>> decision) {
    for (var use : uses) {
      if (joined.containsKey(use.id()) && !parts.containsKey(use.id())) {
        decision.apply(use).ifPresent(part -> parts.put(use.id(), part));
      }
    }
  }

  /** Nodes that take or give messages, in document order. */
  List<MessageUse> uses() {
    return uses;
  }

  /** What a node takes or gives; empty when it does neither. */
  Optional<MessageUse> use(FlowNode node) {
    return uses.stream().filter(u -> u.id().equals(node.id())).findFirst();
  }

  /** Empty when the node could not be joined, which has been found. */
  Optional<Part> part(MessageUse use) {
    return Optional.ofNullable(parts.get(use.id()));
  }

  /** Whether the process takes the operation's first message: its exchanges begin here. */
  boolean hosts(OperationName operation) {
    return hosted().anyMatch(p -> p.operation().name().equals(operation));
  }

  /** Operations whose first message the process takes, in document order. */
  List<JoinedOperation> hostedOperations() {
    return hosted().map(Part::operation).distinct().toList();
  }

  /** Whether a node takes the response to what another one sends. */
  boolean takesResponse(OperationName operation) {
    return uses.stream()
        .filter(MessageUse::receives)
        .flatMap(use -> part(use).stream())
        .anyMatch(p -> p.isResponse() && p.operation().name().equals(operation));
  }

  /** Whether a node sends the operation's first message and goes on without the response. */
  boolean requests(OperationName operation) {
    return uses.stream()
        .filter(use -> use.direction() == Direction.SEND)
        .flatMap(use -> part(use).stream())
        .anyMatch(p -> p.isFirst() && p.operation().name().equals(operation));
  }

  /** Whether the model says, or what it receives, that the process is the interface's service. */
  boolean provides(QName interfaceName) {
    return declared.contains(interfaceName)
        || hosted()
            .map(Part::operation)
            .filter(o -> o.first() == MessageKind.INPUT)
            .anyMatch(o -> o.name().interfaceName().equals(interfaceName));
  }

  /** Interfaces that the model says it provides, then those that follow from what it receives. */
  Set<QName> hostedInterfaces() {
    var interfaces = new LinkedHashSet<>(declared);
    hosted()
        .map(Part::operation)
        .filter(o -> !o.isSimple())
        .forEach(o -> interfaces.add(o.name().interfaceName()));
    return interfaces;
  }

  private Stream<Part> hosted() {
    return uses.stream()
        .flatMap(use -> (use.receives() ? part(use) : callback(use)).stream())
        .filter(Part::isFirst);
  }

  private static Set<QName> declaredInterfaces(Definitions definitions, ProcessDefinition process) {
    var interfaces = new LinkedHashSet<>(process.supportedInterfaces());
    definitions.collaborations().stream()
        .flatMap(c -> c.participants().stream())
        .filter(p -> process.id().equals(p.process()))
        .forEach(p -> interfaces.addAll(p.interfaceNames()));
    return interfaces;
  }

  private Optional<JoinedOperation> operationOf(MessageUse use) {
    var operation = use.messaging().operation();
    if (operation != null) {
      return operations.find(operation.id());
    }
    var message = use.messaging().message();
    var having = message == null ? List.<JoinedOperation>of() : operations.having(message);
    var names = new HashSet<OperationName>();
    having.forEach(o -> names.add(o.name()));
    if (names.size() == 1) {
      return Optional.of(having.getFirst());
    }
    if (names.isEmpty() && message != null) {
      return Optional.of(operations.simple(message));
    }
    findings.error(
        use.node().location(),
        use.id(),
        Rule.AMBIGUOUS_MESSAGE,
        "Expected one operation that has the message, but found %s."
            .formatted(String.join(" and ", ids(having))),
        "Add operationRef.");
    return Optional.empty();
  }

  private Optional<Part> explicit(MessageUse use, @Nullable JoinedOperation operation) {
    var message = use.messaging().message();
    if (message == null || operation == null) {
      return Optional.empty();
    }
    boolean first = operation.isFirst(message);
    boolean second = operation.isSecond(message);
    if (first || second) {
      // One message that is both says nothing about the direction.
      return first && second
          ? Optional.empty()
          : Optional.of(new Part(operation, first ? operation.first() : operation.second(), null));
    }
    var faults = operation.faultsOf(message);
    if (faults.size() == 1) {
      return Optional.of(new Part(operation, MessageKind.FAULT, faults.getFirst()));
    }
    findings.error(
        use.node().location(),
        use.id(),
        Rule.MESSAGE_NOT_OF_OPERATION,
        "Expected messageRef to name a message of the operation '%s', but '%s' is %s."
            .formatted(
                operation.model().id(),
                message.id(),
                faults.isEmpty() ? "none of its messages" : "several of its faults"),
        "Name its inMessageRef, its outMessageRef, or a message with the item of one of its"
            + " faults.");
    return Optional.empty();
  }

  private Optional<Part> implicitReceive(MessageUse use, Map<String, JoinedOperation> joined) {
    var operation = joined.get(use.id());
    if (operation == null || unusable(use)) {
      return Optional.empty();
    }
    var name = operation.name().interfaceName();
    boolean sent =
        uses.stream()
            .filter(u -> !u.receives() && mayBeRequest(u))
            .map(u -> joined.get(u.id()))
            .anyMatch(o -> o != null && o.name().equals(operation.name()));
    // The service of an output-first operation is who sends its first message.
    boolean service =
        declared.contains(name) || (operation.first() == MessageKind.INPUT && provides(name));
    boolean hosts = operation.first() == MessageKind.INPUT ? service || !sent : !service && !sent;
    boolean first = use.starts() || !operation.hasSecond() || hosts;
    return Optional.of(new Part(operation, first ? operation.first() : operation.second(), null));
  }

  private Optional<Part> implicitSend(MessageUse use, Map<String, JoinedOperation> joined) {
    var operation = joined.get(use.id());
    if (operation == null || use.receives() || unusable(use)) {
      return Optional.empty();
    }
    boolean reply =
        use.direction() == Direction.SEND && operation.hasSecond() && hosts(operation.name());
    return Optional.of(new Part(operation, reply ? operation.second() : operation.first(), null));
  }

  private boolean mayBeRequest(MessageUse use) {
    var part = parts.get(use.id());
    return part == null || part.isFirst();
  }

  /** A message that is none of its operation's has been found already. */
  private boolean unusable(MessageUse use) {
    var message = use.messaging().message();
    return message != null && operations.having(message).stream().noneMatch(o -> isOf(use, o));
  }

  private static boolean isOf(MessageUse use, JoinedOperation operation) {
    var named = use.messaging().operation();
    return named == null || named.id().equals(operation.model().id());
  }

  private static List<String> ids(List<JoinedOperation> operations) {
    return operations.stream().map(o -> o.model().id()).toList();
  }
}
