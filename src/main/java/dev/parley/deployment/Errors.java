package dev.parley.deployment;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode.BoundaryErrorEvent;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.EndEvent;
import dev.parley.bpmn.FlowNode.EndResult.ErrorEnd;
import dev.parley.deployment.Interaction.Outgoing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Error end events and boundary error events: which error, and whether it can ever be raised. */
final class Errors {
  private final Operations operations;
  private final Roles roles;
  private final DataJoin data;
  private final Findings findings;

  Errors(Operations operations, Roles roles, DataJoin data, Findings findings) {
    this.operations = operations;
    this.roles = roles;
    this.data = data;
    this.findings = findings;
  }

  Optional<Element> end(EndEvent event, ErrorEnd end) {
    var error = end.error();
    if (error == null) {
      refuseCode(event.common(), "none");
      return Optional.empty();
    }
    var provided = roles.providedOperations();
    return code(event.common(), error, ErrorCodes.declared(error, provided))
        .flatMap(code -> end(event.common(), end, code, provided));
  }

  /**
   * Joins a boundary event to the node it is attached to.
   *
   * @param attachedTo its number
   * @param host what that node does
   */
  Optional<Element> boundary(BoundaryErrorEvent event, int attachedTo, Element host) {
    var raised = RaisedErrors.of(host);
    var operation = joined(raised);
    var error = event.error();
    if (error == null) {
      requireRaised(event, null, raised);
      return keep(event, attachedTo, null, Optional.empty());
    }
    var declared = ErrorCodes.declared(error, operation.stream().toList());
    if (declared.isEmpty() && !ErrorCodes.declared(error, operations.all()).isEmpty()) {
      neverRaised(event, error.id(), "a declared fault of another operation");
      return Optional.empty();
    }
    var code = code(event.common(), error, declared);
    code.filter(c -> declared.isEmpty()).ifPresent(c -> requireRaised(event, c, raised));
    var element = operation.flatMap(o -> code.flatMap(c -> detail(List.of(o), c)));
    return code.flatMap(c -> keep(event, attachedTo, c, element));
  }

  private Optional<Element> end(
      Common node, ErrorEnd end, QName code, List<JoinedOperation> provided) {
    var detail = detail(provided, code);
    boolean silent = end.payload() == null && end.inputs().isEmpty() && detail.isEmpty();
    if (silent) {
      return Optional.of(element(code, null));
    }
    return data.outgoing(node, end.payload(), end.inputs(), detail)
        .map(outgoing -> element(code, outgoing));
  }

  private static Element element(QName code, @Nullable Outgoing outgoing) {
    return new Element.EndEvent(new Element.EndResult.Error(code, outgoing));
  }

  private Optional<Element> keep(
      BoundaryErrorEvent event, int attachedTo, @Nullable QName code, Optional<QName> element) {
    return data.keeps(event.common(), event.outputs(), event.result(), null, element)
        .map(keeps -> new Element.BoundaryErrorEvent(attachedTo, code, keeps));
  }

  private Optional<QName> code(Common node, ErrorDefinition error, Set<QName> declared) {
    if (declared.size() == 1) {
      return declared.stream().findFirst();
    }
    if (declared.size() > 1) {
      findings.error(
          node.location(),
          node.id(),
          Rule.AMBIGUOUS_ERROR,
          "Expected the error '%s' to stand for one declared fault, but it fits %s."
              .formatted(error.id(), declared),
          "List the error with errorRef in the one operation that it is meant for.");
      return Optional.empty();
    }
    var written = ErrorCodes.written(error);
    if (written.isEmpty()) {
      refuseCode(node, error.code() == null ? "none" : "'" + error.code() + "'");
    }
    return written;
  }

  private void refuseCode(Common node, String found) {
    findings.error(
        node.location(),
        node.id(),
        Rule.ERROR_CODE,
        "Expected an error with the item of a declared fault, or with an errorCode name, prefix:name or {namespace}name, but found %s."
            .formatted(found),
        "Add errorRef, and errorCode or structureRef to the error; declare the prefix.");
  }

  private Optional<JoinedOperation> joined(RaisedErrors raised) {
    return operations.all().stream()
        .filter(o -> raised.operation().equals(Optional.of(o.wsdl())))
        .findFirst();
  }

  private void requireRaised(BoundaryErrorEvent event, @Nullable QName code, RaisedErrors raised) {
    if (!raised.includes(code)) {
      neverRaised(
          event,
          code == null ? "any error" : code.toString(),
          "nothing that it does can fail with it");
    }
  }

  private void neverRaised(BoundaryErrorEvent event, String error, String reason) {
    findings.error(
        event.location(),
        event.id(),
        Rule.ERROR_NEVER_RAISED,
        "Expected an error that '%s' can raise, but it can never raise %s: %s."
            .formatted(event.attachedTo(), error, reason),
        "Remove the boundary event, attach it elsewhere, or catch another error;"
            + " a send can fail only with parley:delivery=\"blocking\".");
  }

  private static Optional<QName> detail(List<JoinedOperation> operations, QName code) {
    return operations.stream()
        .flatMap(o -> o.wsdl().faults().stream().filter(f -> o.faultName(f).equals(code)))
        .flatMap(f -> Optional.ofNullable(f.message().element()).stream())
        .findFirst();
  }
}
