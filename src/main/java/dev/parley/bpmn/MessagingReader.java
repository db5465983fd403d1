package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.FlowNode.Messaging;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a task or event sends or receives (BPMN 2.0.2, clauses 10.3.3 and 10.5.5). */
final class MessagingReader {

  private final References references;
  private final Expressions expressions;
  private final Catalogue catalogue;
  private final DataReader data;
  private final Findings findings;

  MessagingReader(
      References references,
      Expressions expressions,
      Catalogue catalogue,
      DataReader data,
      Findings findings) {
    this.references = references;
    this.expressions = expressions;
    this.catalogue = catalogue;
    this.data = data;
    this.findings = findings;
  }

  /** A task has its operation and message itself, an event has them in its definition. */
  Messaging read(XmlElement node, XmlElement holder) {
    var operation = operation(holder).map(o -> catalogue.operations.get(o.id())).orElse(null);
    var message =
        references
            .byAttribute(holder, "messageRef", "message")
            .map(m -> catalogue.messages.get(m.id()))
            .orElse(null);
    checkNamed(node, holder);
    checkDirection(node);
    if (operation != null && message != null) {
      checkMessageOf(operation, message, node);
    }
    var messaging =
        new Messaging(
            operation,
            message,
            data.inputs(node),
            data.outputs(node),
            expressions.xquery(node, "payload"),
            data.result(node),
            expressions.xquery(node, "resultExpression"),
            expressions.xquery(node, "endpoint"),
            expressions.xquery(node, "headers"),
            expressions.xpath(node, "identity"),
            callback(node));
    new ItemRules(references, findings).check(node, messaging);
    return messaging;
  }

  private @Nullable OperationDefinition callback(XmlElement node) {
    return references
        .byParley(node, "callback", "operation")
        .map(o -> catalogue.operations.get(o.id()))
        .orElse(null);
  }

  private void checkDirection(XmlElement node) {
    switch (node.kind()) {
      case "receiveTask" -> data.refuse(node, "dataInput");
      case "sendTask" -> data.refuse(node, "dataOutput");
      default -> {}
    }
    checkOneWay(node, "payload", "dataInputAssociation");
    checkOneWay(node, "result", "dataOutputAssociation");
    checkOneWay(node, "resultExpression", "dataOutputAssociation");
  }

  private Optional<XmlElement> operation(XmlElement holder) {
    return holder.child("operationRef").isPresent()
        ? references.byChild(holder, "operationRef", "operation")
        : references.byAttribute(holder, "operationRef", "operation");
  }

  private void checkNamed(XmlElement node, XmlElement holder) {
    boolean operation =
        holder.attribute("operationRef").isPresent() || holder.child("operationRef").isPresent();
    if (operation || (holder.attribute("messageRef").isPresent() && !isServiceTask(node))) {
      return;
    }
    findings.error(
        node,
        Rule.MESSAGE,
        "Expected %s '%s' to name %s, but it names neither operation nor message."
            .formatted(
                node.name().getLocalPart(),
                node.label(),
                isServiceTask(node) ? "an operation" : "an operation or a message"),
        isServiceTask(node) ? "Add operationRef." : "Add operationRef or messageRef.");
  }

  private static boolean isServiceTask(XmlElement node) {
    return node.kind().equals("serviceTask");
  }

  private void checkMessageOf(
      OperationDefinition operation, MessageDefinition message, XmlElement node) {
    boolean fault =
        operation.errors().stream()
            .anyMatch(e -> e.item() != null && e.item().equals(message.item()));
    if (!message.equals(operation.inMessage())
        && !message.equals(operation.outMessage())
        && !fault) {
      findings.error(
          node,
          Rule.MESSAGE,
          "Expected '%s' to name a message of operation '%s', but '%s' is none of its."
              .formatted(node.label(), operation.name(), message.name()),
          "Correct messageRef or operationRef.");
    }
  }

  private void checkOneWay(XmlElement node, String attribute, String association) {
    if (node.parley(attribute).isPresent() && !node.children(association).isEmpty()) {
      findings.error(
          node,
          Rule.CONTRADICTION,
          "Expected '%s' to have either parley:%s or a %s, but found both."
              .formatted(node.label(), attribute, association),
          "Remove one of them.");
    }
  }

  /** An error end event's payload, which no message flow carries. */
  @Nullable Formal payload(XmlElement node) {
    checkOneWay(node, "payload", "dataInputAssociation");
    return expressions.xquery(node, "payload");
  }

  /** Where an error's data or a script's value goes. */
  @Nullable String result(XmlElement node) {
    checkOneWay(node, "result", "dataOutputAssociation");
    return data.result(node);
  }
}
