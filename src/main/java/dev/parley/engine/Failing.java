package dev.parley.engine;

import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** An error looks for who catches it, from the inside out (BPMN 2.0.2, clause 13.5.3). */
final class Failing {
  private Failing() {}

  /** The token that failed is gone already; it goes on where the error is caught. */
  static void raise(Execution execution, Place place, BpmnError error) {
    var process = execution.process();
    var boundary =
        execution.state().isRound(place)
            ? Optional.<Node>empty()
            : catching(place.node().boundary().stream().map(process::node), error);
    if (boundary.isPresent()) {
      goOn(execution, place.at(boundary.get()), error);
    } else {
      raiseIn(execution, place, error);
    }
  }

  /** Nothing on the boundary caught it: the event sub-processes around, then what holds them. */
  private static void raiseIn(Execution execution, Place place, BpmnError error) {
    var scope = execution.state().scope(place.scope());
    var definition = execution.process().scope(scope.definition());
    var starts = definition.eventStarts().stream().map(execution.process()::node);
    var handler =
        scope.state() == Scope.State.ACTIVE ? catching(starts, error) : Optional.<Node>empty();
    if (handler.isPresent()) {
      handle(execution, place, handler.get(), error);
    } else if (scope.isRoot()) {
      uncaught(execution, place.node(), error);
    } else {
      raiseOutside(execution, scope, execution.process().node(definition.node()), error);
    }
  }

  private static void handle(Execution execution, Place place, Node start, BpmnError error) {
    int inside;
    try {
      inside = SubProcesses.trigger(execution, place.scope(), start, true);
    } catch (BpmnError inner) {
      raiseIn(execution, place, inner);
      return;
    }
    goOn(execution, new Place(inside, start), error);
  }

  /** The scope fails: what waited for it, or what its event sub-process belongs to, does too. */
  private static void raiseOutside(
      Execution execution, LiveScope scope, Node holder, BpmnError error) {
    var around = new Place(scope.parent(), holder);
    var owner = execution.state().token(scope.owner());
    if (owner.isPresent()) {
      Cancelling.cancel(execution, owner.get());
      raise(execution, around, error);
    } else {
      Cancelling.remove(execution, scope);
      execution.forgetArrivals();
      raiseIn(execution, around, error);
    }
  }

  private static void goOn(Execution execution, Place event, BpmnError error) {
    execution.trace(event.node());
    Exchanges.reached(execution, event);
    try {
      var data = error.data();
      if (data != null) {
        var results = ((Trigger.Error) event.node().element().trigger()).results();
        execution.data().keep(event.scope(), data, results);
      }
      execution.leave(event);
    } catch (BpmnError inner) {
      raiseIn(execution, event, inner);
    }
  }

  /** An event for this very code goes before one that catches every error. */
  private static Optional<Node> catching(Stream<Node> events, BpmnError error) {
    Optional<Node> any = Optional.empty();
    for (var event : events.toList()) {
      if (event.element().trigger() instanceof Trigger.Error(var code, var _)) {
        if (error.code().equals(code)) {
          return Optional.of(event);
        }
        if (code == null && any.isEmpty()) {
          any = Optional.of(event);
        }
      }
    }
    return any;
  }

  /** The fault of every open exchange that declares it; otherwise an incident too. */
  static void uncaught(Execution execution, Node node, BpmnError error) {
    boolean told = false;
    boolean unexplained = false;
    var exchanges = execution.state().exchanges();
    for (var exchange : List.copyOf(exchanges)) {
      var declared = declared(execution, exchange, error.code());
      told |= declared;
      unexplained |= !declared;
      exchanges.remove(exchange);
      execution.emit(new Effect.Reply(exchange.request(), answer(declared, error)));
    }
    var failed = new Input.CallFailed(execution.before().id(), fault(error));
    told |= Ending.tellCaller(execution, failed);
    if (!told || unexplained) {
      execution.emit(new Effect.Incident(node.id(), error.code().toString(), error.reason()));
    }
    execution.end(Status.FAULTED);
  }

  private static boolean declared(Execution execution, OpenExchange exchange, QName code) {
    var operation =
        Objects.requireNonNull(execution.process().operations().get(exchange.operation()));
    String namespace = operation.name().interfaceName().getNamespaceURI();
    return operation.faults().stream().anyMatch(f -> new QName(namespace, f.name()).equals(code));
  }

  private static Answer answer(boolean declared, BpmnError error) {
    if (declared) {
      return new Answer.Faulted(fault(error));
    }
    return Answer.refused(
        FaultKind.PROCESS_FAILED,
        "The process ended with an error before it could answer",
        "The operator of the gateway finds the reason among the incidents.");
  }

  private static Fault.Declared fault(BpmnError error) {
    return new Fault.Declared(error.code(), orEmpty(error.data()), error.reason());
  }

  private static Body orEmpty(@Nullable Body data) {
    return data == null ? Body.EMPTY : data;
  }
}
