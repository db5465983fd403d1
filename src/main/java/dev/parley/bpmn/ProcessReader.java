package dev.parley.bpmn;

import dev.parley.bpmn.ProcessDefinition.CorrelationSubscription;
import dev.parley.bpmn.ProcessDefinition.DataObject;
import dev.parley.bpmn.ProcessDefinition.PropertyBinding;
import dev.parley.bpmn.ProcessDefinition.SequenceFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;

/** Reads an executable process (BPMN 2.0.2, clause 10). */
final class ProcessReader {

  private final References references;
  private final Expressions expressions;
  private final Catalogue catalogue;
  private final Findings findings;

  ProcessReader(
      References references, Expressions expressions, Catalogue catalogue, Findings findings) {
    this.references = references;
    this.expressions = expressions;
    this.catalogue = catalogue;
    this.findings = findings;
  }

  ProcessDefinition read(XmlElement process) {
    var tree = new ProcessTree(process);
    var nodes = nodeReader(tree);
    references.byAttribute(
        process, "definitionalCollaborationRef", "collaboration", "globalConversation");
    var items = new ItemRules(references, findings);
    tree.all("dataObjectReference").forEach(items::checkReference);
    return new ProcessDefinition(
        process.id(),
        process.title(),
        tree.nodes().stream().flatMap(e -> nodes.read(e).stream()).toList(),
        tree.all("sequenceFlow").stream().map(this::flow).toList(),
        tree.data().stream().map(o -> dataObject(o, tree)).toList(),
        process.children("correlationSubscription").stream().map(this::subscription).toList(),
        supportedInterfaces(process),
        ParleyAttributes.policies(process),
        process.location());
  }

  private FlowNodeReader nodeReader(ProcessTree tree) {
    var data = new DataReader(tree, references, expressions, findings);
    var messaging = new MessagingReader(references, expressions, catalogue, data, findings);
    var triggers = new TriggerReader(references, expressions, catalogue, messaging, data);
    return new FlowNodeReader(
        tree,
        messaging,
        new EventReader(references, triggers, findings),
        new LoopReader(references, expressions, catalogue, data, findings),
        new TaskReader(
            new ActivityDataReader(data, references, catalogue, findings),
            messaging,
            data,
            findings));
  }

  private SequenceFlow flow(XmlElement flow) {
    return new SequenceFlow(
        flow.id(),
        flow.attribute("sourceRef").orElse(""),
        flow.attribute("targetRef").orElse(""),
        flow.child("conditionExpression").map(expressions::condition).orElse(null),
        flow.location());
  }

  private DataObject dataObject(XmlElement object, ProcessTree tree) {
    var process = tree.process();
    var item = references.byAttribute(object, "itemSubjectRef", "itemDefinition");
    return new DataObject(
        object.id(),
        tree.nameOf(object),
        tree.holder(object).id(),
        item.map(i -> catalogue.items.get(i.id())).orElse(null),
        object.isTrue("isCollection", false),
        use(object),
        ActivityDataReader.optional(process).contains(object.id()),
        object.location());
  }

  private static DataObject.Use use(XmlElement object) {
    return switch (object.kind()) {
      case "dataInput" -> DataObject.Use.INPUT;
      case "dataOutput" -> DataObject.Use.OUTPUT;
      case "property" -> DataObject.Use.PRIVATE;
      default -> DataObject.Use.INTERNAL;
    };
  }

  private CorrelationSubscription subscription(XmlElement subscription) {
    var bindings = new ArrayList<PropertyBinding>();
    for (var binding : subscription.children("correlationPropertyBinding")) {
      var property =
          references.byAttribute(binding, "correlationPropertyRef", "correlationProperty");
      var path = binding.child("dataPath").map(expressions::formal);
      if (property.isPresent() && path.isPresent()) {
        bindings.add(new PropertyBinding(property.get().id(), path.get(), binding.location()));
      }
    }
    return new CorrelationSubscription(
        subscription.id(),
        references
            .byAttribute(subscription, "correlationKeyRef", "correlationKey")
            .map(XmlElement::id)
            .orElse(""),
        bindings,
        subscription.location());
  }

  private List<QName> supportedInterfaces(XmlElement process) {
    return references.byChildren(process, "supportedInterfaceRef", "interface").stream()
        .map(i -> catalogue.interfaces.get(i.id()))
        .filter(Objects::nonNull)
        .toList();
  }
}
