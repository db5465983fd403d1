package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** An error looks for who catches it, from the inside out (BPMN 2.0.2, clause 13.5.3). */
final class Failing {
  private Failing() {}

  /**
   * The token that failed is gone already; it goes on at the boundary event that catches the error.
   */
  static void raise(Execution execution, Node node, BpmnError error) {
    var catching = catching(execution, node, error.code());
    if (catching.isEmpty()) {
      uncaught(execution, node, error);
      return;
    }
    var boundary = catching.get();
    execution.trace(boundary);
    try {
      var data = error.data();
      if (data != null && boundary.element() instanceof Element.BoundaryErrorEvent event) {
        execution.keep(data, event.results());
      }
      execution.leave(boundary);
    } catch (BpmnError inner) {
      uncaught(execution, boundary, inner);
    }
  }

  /** An event for this very code goes before one that catches every error. */
  private static Optional<Node> catching(Execution execution, Node node, QName code) {
    Optional<Node> any = Optional.empty();
    for (int index : node.boundary()) {
      var boundary = execution.process().node(index);
      if (boundary.element() instanceof Element.BoundaryErrorEvent event) {
        if (code.equals(event.code())) {
          return Optional.of(boundary);
        }
        if (event.code() == null && any.isEmpty()) {
          any = Optional.of(boundary);
        }
      }
    }
    return any;
  }

  /** The fault of every open exchange that declares it; otherwise an incident too. */
  static void uncaught(Execution execution, Node node, BpmnError error) {
    boolean told = false;
    for (var exchange : List.copyOf(execution.exchanges())) {
      var declared = declared(execution, exchange, error.code());
      told |= declared;
      execution.exchanges().remove(exchange);
      execution.emit(new Effect.Reply(exchange.request(), answer(declared, error)));
    }
    if (!told) {
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
      return new Answer.Faulted(
          new Fault.Declared(error.code(), orEmpty(error.data()), error.reason()));
    }
    return Answer.refused(
        FaultKind.PROCESS_FAILED,
        "The process ended with an error before it could answer",
        "The operator of the gateway finds the reason among the incidents.");
  }

  private static Body orEmpty(@Nullable Body data) {
    return data == null ? Body.EMPTY : data;
  }
}
