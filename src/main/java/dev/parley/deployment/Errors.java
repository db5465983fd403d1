package dev.parley.deployment;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.BoundaryEvent;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.ResultDefinition;
import dev.parley.bpmn.ResultDefinition.Given;
import dev.parley.bpmn.TriggerDefinition;
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

  Optional<Result> thrown(FlowNode event, ResultDefinition.Error thrown) {
    var error = thrown.error();
    if (error == null) {
      refuseCode(event.common(), "none");
      return Optional.empty();
    }
    var provided = roles.hostedOperations();
    return code(event.common(), error, ErrorCodes.declared(error, provided))
        .flatMap(code -> thrown(event.common(), thrown.given(), code, provided));
  }

  private Optional<Result> thrown(
      Common node, Given given, QName code, List<JoinedOperation> provided) {
    var detail = detail(provided, code);
    boolean silent = given.payload() == null && given.inputs().isEmpty() && detail.isEmpty();
    if (silent) {
      return Optional.of(new Result.Error(code, null));
    }
    return data.outgoing(node, given.payload(), given.inputs(), detail)
        .map(outgoing -> new Result.Error(code, outgoing));
  }

  /** Caught for whatever a scope holds. */
  Optional<Trigger> caught(FlowNode event, TriggerDefinition.Error caught) {
    var error = caught.error();
    if (error == null) {
      return keep(event, caught, null, Optional.empty());
    }
    var all = operations.all();
    return code(event.common(), error, ErrorCodes.declared(error, all))
        .flatMap(c -> keep(event, caught, c, detail(all, c)));
  }

  /**
   * Caught on an activity's boundary: it must be one that the activity can raise.
   *
   * @param host what the activity does
   */
  Optional<Trigger> caughtAt(BoundaryEvent event, TriggerDefinition.Error caught, Element host) {
    if (host instanceof Element.SubProcess || host instanceof Element.CallActivity) {
      return caught(event, caught);
    }
    var raised = RaisedErrors.of(host);
    var operation = joined(raised);
    var error = caught.error();
    if (error == null) {
      requireRaised(event, null, raised);
      return keep(event, caught, null, Optional.empty());
    }
    var declared = ErrorCodes.declared(error, operation.stream().toList());
    if (declared.isEmpty() && !ErrorCodes.declared(error, operations.all()).isEmpty()) {
      neverRaised(event, error.id(), "a declared fault of another operation");
      return Optional.empty();
    }
    var code = code(event.common(), error, declared);
    code.filter(c -> declared.isEmpty()).ifPresent(c -> requireRaised(event, c, raised));
    var element = operation.flatMap(o -> code.flatMap(c -> detail(List.of(o), c)));
    return code.flatMap(c -> keep(event, caught, c, element));
  }

  private Optional<Trigger> keep(
      FlowNode event,
      TriggerDefinition.Error caught,
      @Nullable QName code,
      Optional<QName> element) {
    var kept = caught.kept();
    return data.keeps(event.common(), kept.outputs(), kept.result(), null, element)
        .map(keeps -> new Trigger.Error(code, keeps));
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

  private void requireRaised(BoundaryEvent event, @Nullable QName code, RaisedErrors raised) {
    if (!raised.includes(code)) {
      neverRaised(
          event,
          code == null ? "any error" : code.toString(),
          "nothing that it does can fail with it");
    }
  }

  private void neverRaised(BoundaryEvent event, String error, String reason) {
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
