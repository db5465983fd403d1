package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Reply;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.message.Answer;
import dev.parley.message.Exchange;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges that a partner has begun: each ends with a reply, a fault, or without either where its
 * pattern lets it (WS-BPEL 2.0, section 10.4).
 */
public final class Exchanges {
  private Exchanges() {}

  static void begin(Execution execution, int scope, Message message, Receive receive) {
    if (!receive.isResponse() && Exchange.begun(receive.operation().pattern()).isOpen()) {
      execution
          .state()
          .exchanges()
          .add(
              new OpenExchange(
                  message.id(),
                  message.operation(),
                  receive.exchange(),
                  holder(execution.process(), scopes(execution), scope, receive),
                  receive.acceptAfter()));
    }
  }

  /** The scope that a request begun in this one belongs to. */
  static int holder(Execution execution, int scope) {
    return holder(execution.process(), scopes(execution), scope, null);
  }

  /** A scope, as far as exchanges are concerned. */
  private record At(int id, int definition, int parent, int owner) {}

  private static Map<Integer, At> scopes(Execution execution) {
    return execution.state().scopes().stream()
        .collect(
            Collectors.toMap(
                LiveScope::id, s -> new At(s.id(), s.definition(), s.parent(), s.owner())));
  }

  private static Map<Integer, At> scopes(ProcessInstance instance) {
    return instance.scopes().stream()
        .collect(
            Collectors.toMap(
                Scope::id, s -> new At(s.id(), s.definition(), s.parent(), s.owner())));
  }

  /**
   * The scope that an exchange begun in this one belongs to: as WS-BPEL's default message exchanges
   * (10.4.1) the process's, an event sub-process's, or that of one round of a sub-process. One that
   * closes at a node belongs to the sub-process that both are in: it ends with it.
   */
  private static int holder(
      ExecutableProcess process, Map<Integer, At> scopes, int scope, @Nullable Receive receive) {
    int closes = receive == null ? -1 : receive.acceptAfter();
    var at = Objects.requireNonNull(scopes.get(scope));
    while (at.parent() >= 0
        && !declares(process, at)
        && !(closes >= 0 && isIn(process, process.node(closes).scope(), at.definition()))) {
      at = Objects.requireNonNull(scopes.get(at.parent()));
    }
    return at.id();
  }

  private static boolean isIn(ExecutableProcess process, int inner, int definition) {
    int at = inner;
    while (at != definition && at >= 0) {
      at = process.scope(at).parent();
    }
    return at == definition;
  }

  /**
   * Whether an exchange that would begin where a message can be taken is open already (WS-BPEL 2.0,
   * 10.4: conflictingRequest). An event sub-process has exchanges of its own.
   */
  public static boolean conflicts(
      ExecutableProcess process, ProcessInstance instance, Catch caught) {
    var element = process.node(caught.node()).element();
    if (instance.exchanges().isEmpty() || element instanceof Element.StartEvent) {
      return false;
    }
    return element
        .receive()
        .filter(
            r -> {
              int holder = holder(process, scopes(instance), caught.scope(), r);
              return instance.exchanges().stream().anyMatch(e -> is(e, r, holder));
            })
        .isPresent();
  }

  private static boolean is(OpenExchange exchange, Receive receive, int holder) {
    return exchange.scope() == holder
        && exchange.operation().equals(receive.operation().name())
        && exchange.name().means(receive.exchange());
  }

  private static boolean declares(ExecutableProcess process, At scope) {
    int node = process.scope(scope.definition()).node();
    if (node < 0 || !(process.node(node).element() instanceof Element.SubProcess)) {
      return false;
    }
    var loop = process.node(node).loop();
    return scope.owner() == 0 || (loop != null && loop.scope() == scope.definition());
  }

  /** The innermost that a reply can mean, the oldest first. */
  static OpenExchange meant(Execution execution, int scope, Reply reply) {
    var state = execution.state();
    return state.exchanges().stream()
        .filter(e -> e.operation().equals(reply.operation().name()))
        .filter(e -> e.name().means(reply.exchange()))
        .filter(e -> state.isAround(e.scope(), scope))
        .min(Comparator.comparing(OpenExchange::scope, Comparator.reverseOrder()))
        .orElseThrow(
            () ->
                new BpmnError(
                    BpmnError.MISSING_REQUEST,
                    "Expected an open exchange of '%s' to reply to, but there is none"
                        .formatted(reply.operation().name().operation())));
  }

  /** A token has come to a node at which exchanges close by themselves. */
  static void reached(Execution execution, Place place) {
    if (!execution.state().exchanges().isEmpty()) {
      closeAll(
          execution,
          e ->
              e.acceptAfter() == place.node().index()
                  && execution.state().isAround(e.scope(), place.scope()));
    }
  }

  /** What the end of a turn closes: robust exchanges, and those whose scope has ended. */
  static void settle(Execution execution) {
    if (!execution.state().exchanges().isEmpty()) {
      closeAll(execution, e -> isRobust(execution, e) || !isHeld(execution, e));
    }
    Responses.forgetAll(execution, r -> !execution.state().hasScope(r.scope()));
  }

  private static boolean isRobust(Execution execution, OpenExchange exchange) {
    var operation = execution.process().operations().get(exchange.operation());
    return operation != null && operation.pattern().isRobust() && exchange.acceptAfter() < 0;
  }

  private static boolean isHeld(Execution execution, OpenExchange exchange) {
    return execution.state().hasScope(exchange.scope())
        && execution.state().scope(exchange.scope()).state() != Scope.State.ENDED;
  }

  /** Whoever still waits is told that nothing will come. */
  static void closeAll(Execution execution, Predicate<OpenExchange> which) {
    for (var exchange : List.copyOf(execution.state().exchanges())) {
      if (which.test(exchange)) {
        execution.state().exchanges().remove(exchange);
        execution.emit(new Effect.Reply(exchange.request(), noReply(execution, exchange)));
      }
    }
  }

  private static Answer noReply(Execution execution, OpenExchange exchange) {
    var operation = Optional.ofNullable(execution.process().operations().get(exchange.operation()));
    return operation.filter(o -> !Exchange.begun(o.pattern()).mustAnswer()).isPresent()
        ? Answer.ACCEPTED
        : Answer.refused(
            FaultKind.MISSING_REPLY,
            "What took the request ended without a reply to '%s'"
                .formatted(exchange.operation().operation()),
            "The process model has a path that ends before it replies.");
  }
}
