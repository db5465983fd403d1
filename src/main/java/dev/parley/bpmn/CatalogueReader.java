package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.CorrelationProperty;
import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.EscalationDefinition;
import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.Definitions.SignalDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import javax.xml.namespace.QName;

/** Reads item definitions, messages, errors, interfaces and correlation properties (clause 8.4). */
final class CatalogueReader {

  private final References references;
  private final Expressions expressions;
  private final Findings findings;
  private final Catalogue catalogue = new Catalogue();

  CatalogueReader(References references, Expressions expressions, Findings findings) {
    this.references = references;
    this.expressions = expressions;
    this.findings = findings;
  }

  Catalogue read(XmlElement definitions) {
    for (var item : definitions.children("itemDefinition")) {
      var structure = references.qname(item, "structureRef").orElse(null);
      catalogue.items.put(
          item.id(),
          new ItemDefinition(
              item.id(), structure, item.isTrue("isCollection", false), item.location()));
    }
    for (var message : definitions.children("message")) {
      var item = lookUp(references.byAttribute(message, "itemRef", "itemDefinition"));
      catalogue.messages.put(
          message.id(),
          new MessageDefinition(
              message.id(), message.title(), item.orElse(null), message.location()));
    }
    definitions.children("error").forEach(this::error);
    definitions.children("signal").forEach(this::signal);
    definitions.children("escalation").forEach(this::escalation);
    for (var declared : definitions.children("interface")) {
      implementation(declared)
          .ifPresent(
              name -> {
                catalogue.interfaces.put(declared.id(), name);
                declared.children("operation").forEach(o -> operation(o, name));
              });
    }
    definitions.children("correlationProperty").forEach(this::correlationProperty);
    return catalogue;
  }

  private Optional<ItemDefinition> lookUp(Optional<XmlElement> item) {
    return item.map(i -> catalogue.items.get(i.id()));
  }

  private void error(XmlElement error) {
    var item = lookUp(references.byAttribute(error, "structureRef", "itemDefinition"));
    catalogue.errors.put(
        error.id(),
        new ErrorDefinition(
            error.id(),
            error.title(),
            error.attribute("errorCode").filter(c -> !c.isEmpty()).orElse(null),
            item.orElse(null),
            error.namespaces(),
            error.location()));
  }

  private void signal(XmlElement signal) {
    var item = lookUp(references.byAttribute(signal, "structureRef", "itemDefinition"));
    catalogue.signals.put(
        signal.id(),
        new SignalDefinition(signal.id(), signal.title(), item.orElse(null), signal.location()));
  }

  private void escalation(XmlElement escalation) {
    var item = lookUp(references.byAttribute(escalation, "structureRef", "itemDefinition"));
    catalogue.escalations.put(
        escalation.id(),
        new EscalationDefinition(
            escalation.id(),
            escalation.title(),
            escalation.attribute("escalationCode").filter(c -> !c.isEmpty()).orElse(null),
            item.orElse(null),
            escalation.location()));
  }

  private Optional<QName> implementation(XmlElement declared) {
    if (declared.attribute("implementationRef").isEmpty()) {
      findings.error(
          declared,
          Rule.IMPLEMENTATION_REF,
          "Expected interface '%s' to name its WSDL port type, but it names none."
              .formatted(declared.label()),
          "Add implementationRef with the port type's qualified name.");
    }
    return references.qname(declared, "implementationRef");
  }

  private void operation(XmlElement operation, QName interfaceName) {
    var in = references.byChild(operation, "inMessageRef", "message");
    var out = references.byChild(operation, "outMessageRef", "message");
    var errors = references.byChildren(operation, "errorRef", "error");
    if (in.isEmpty()) {
      return;
    }
    catalogue.operations.put(
        operation.id(),
        new OperationDefinition(
            operation.id(),
            operation.title(),
            interfaceName,
            wsdlName(operation),
            Objects.requireNonNull(catalogue.messages.get(in.get().id())),
            out.map(m -> catalogue.messages.get(m.id())).orElse(null),
            errors.stream().map(e -> Objects.requireNonNull(catalogue.errors.get(e.id()))).toList(),
            operation.location()));
  }

  /** The implementationRef's local part; tools write it with and without a prefix. */
  private String wsdlName(XmlElement operation) {
    var ref = operation.attribute("implementationRef");
    if (ref.isEmpty()) {
      return operation.title();
    }
    if (ref.get().indexOf(':') < 0) {
      return ref.get();
    }
    return references
        .qname(operation, "implementationRef")
        .map(QName::getLocalPart)
        .orElse(operation.title());
  }

  private void correlationProperty(XmlElement property) {
    var retrieval = new LinkedHashMap<String, Formal>();
    for (var expression : property.children("correlationPropertyRetrievalExpression")) {
      var message = references.byAttribute(expression, "messageRef", "message");
      var paths = new ArrayList<>(expression.children("messagePath"));
      if (message.isPresent()
          && !paths.isEmpty()
          && retrieval.put(message.get().id(), expressions.formal(paths.getFirst())) != null) {
        findings.error(
            expression,
            Rule.CORRELATION,
            "Expected one expression of property '%s' for message '%s', but found another."
                .formatted(property.label(), message.get().label()),
            "Remove one of them.");
      }
    }
    catalogue.correlationProperties.put(
        property.id(),
        new CorrelationProperty(
            property.id(),
            property.title(),
            Collections.unmodifiableMap(retrieval),
            property.location()));
  }
}
