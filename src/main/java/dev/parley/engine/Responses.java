package dev.parley.engine;

import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Send;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.OpenRequest;
import dev.parley.message.MessageId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Responses to messages that one node sent and another one takes: whichever comes first, the
 * response or the node, waits for the other.
 */
final class Responses {
  private Responses() {}

  static void expect(Execution execution, Place place, Send send, MessageId sent) {
    if (send.isAnswered()) {
      var operation = send.operation().name();
      // Without a participant the partner is known by its interface, which no receive names.
      boolean named = !send.partner().participant().equals(operation.interfaceName().toString());
      execution
          .state()
          .requests()
          .add(
              new OpenRequest(
                  sent,
                  operation,
                  new ExchangeName("", named ? send.partner().participant() : ""),
                  Exchanges.holder(execution, place.scope()),
                  null));
    }
  }

  /** What was heard of a message whose response a node takes; others are not concerned. */
  static void heard(Execution execution, Input.Outcome outcome) {
    execution
        .state()
        .requests()
        .replaceAll(
            r ->
                r.sent().equals(outcome.sent())
                    ? new OpenRequest(r.sent(), r.operation(), r.name(), r.scope(), outcome)
                    : r);
    // What was asked again by then may still be answered: an older failure fails nothing.
    forgetAll(execution, r -> r.sent().equals(outcome.sent()) && isOutrun(execution, r));
  }

  private static boolean isOutrun(Execution execution, OpenRequest failed) {
    var requests = execution.state().requests();
    return isFailure(failed)
        && requests.subList(requests.indexOf(failed) + 1, requests.size()).stream()
            .anyMatch(newer -> isSame(newer, failed));
  }

  private static boolean isFailure(OpenRequest request) {
    return request.outcome() instanceof Input.Faulted
        || request.outcome() instanceof Input.Undeliverable;
  }

  /** Responses that no node takes any more: a failure among them is told to the operator. */
  static void forgetAll(Execution execution, Predicate<OpenRequest> which) {
    for (var request : List.copyOf(execution.state().requests())) {
      if (which.test(request)) {
        execution.state().requests().remove(request);
        switch (request.outcome()) {
          case Input.Faulted(var _, var fault) -> incident(execution, "Fault", fault.reason());
          case Input.Undeliverable(var _, var timeout, var reason) ->
              incident(execution, timeout ? "DeliveryTimeout" : "DeliveryFailed", reason);
          case Input.Delivered _, Input.Answered _ -> {}
          case null -> {}
        }
      }
    }
  }

  private static void incident(Execution execution, String kind, String reason) {
    execution.emit(new Effect.Incident("", kind, reason));
  }

  private static boolean isSame(OpenRequest one, OpenRequest other) {
    return one.operation().equals(other.operation())
        && one.name().equals(other.name())
        && one.scope() == other.scope();
  }

  /**
   * What came of a message was told where it was sent: the node that takes its response is spared.
   */
  static void forget(Execution execution, MessageId sent) {
    execution.state().requests().removeIf(r -> r.sent().equals(sent));
  }

  /** Whether a response met the node that takes it. */
  static boolean meet(Execution execution) {
    for (var request : execution.state().requests()) {
      var outcome = request.outcome();
      var caught = outcome == null ? Optional.<Catch>empty() : waiting(execution, request);
      if (outcome != null && caught.isPresent()) {
        execution.state().requests().remove(request);
        take(execution, caught.get(), outcome);
        return true;
      }
    }
    return false;
  }

  private static Optional<Catch> waiting(Execution execution, OpenRequest request) {
    return execution.state().catches().stream()
        .filter(c -> receive(execution, c).filter(r -> takes(r, request)).isPresent())
        .filter(c -> execution.state().isAround(request.scope(), c.scope()))
        .findFirst();
  }

  private static Optional<Receive> receive(Execution execution, Catch caught) {
    return execution.process().node(caught.node()).element().receive();
  }

  private static boolean takes(Receive receive, OpenRequest request) {
    return receive.isResponse()
        && receive.operation().name().equals(request.operation())
        && receive.exchange().means(request.name());
  }

  private static void take(Execution execution, Catch caught, Input.Outcome outcome) {
    var node = execution.process().node(caught.node());
    var receive = receive(execution, caught).orElseThrow();
    Events.happen(
        execution,
        Receiving.owner(execution, caught),
        node,
        scope -> {
          switch (outcome) {
            case Input.Delivered _ -> {}
            case Input.Answered answered -> Sending.keep(execution, scope, receive, answered);
            case Input.Faulted(var _, var fault) -> throw Sending.error(fault);
            case Input.Undeliverable undeliverable -> throw Sending.error(undeliverable);
          }
        });
  }
}
