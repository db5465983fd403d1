package dev.parley.bpmn;

import dev.parley.bpmn.ProcessDefinition.DataObject;
import dev.parley.bpmn.ProcessDefinition.SequenceFlow;
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
    var data = new DataReader(process, references, expressions, findings);
    var messaging = new MessagingReader(references, expressions, catalogue, data, findings);
    var events = new EventReader(references, expressions, catalogue, messaging, data, findings);
    var nodes = new FlowNodeReader(process, messaging, events, data, findings);
    var flows = process.children("sequenceFlow").stream().map(this::flow).toList();
    references.byAttribute(
        process, "definitionalCollaborationRef", "collaboration", "globalConversation");
    var items = new ItemRules(references, findings);
    process.children("dataObjectReference").forEach(items::checkReference);
    return new ProcessDefinition(
        process.id(),
        process.title(),
        process.children().stream().flatMap(e -> nodes.read(e).stream()).toList(),
        flows,
        process.children("dataObject").stream().map(this::dataObject).toList(),
        supportedInterfaces(process),
        ParleyAttributes.policies(process),
        process.location());
  }

  private SequenceFlow flow(XmlElement flow) {
    return new SequenceFlow(
        flow.id(),
        flow.attribute("sourceRef").orElse(""),
        flow.attribute("targetRef").orElse(""),
        flow.child("conditionExpression").map(expressions::condition).orElse(null),
        flow.location());
  }

  private DataObject dataObject(XmlElement object) {
    var item = references.byAttribute(object, "itemSubjectRef", "itemDefinition");
    return new DataObject(
        object.id(),
        object.title(),
        item.map(i -> catalogue.items.get(i.id())).orElse(null),
        object.isTrue("isCollection", false),
        object.location());
  }

  private List<QName> supportedInterfaces(XmlElement process) {
    return references.byChildren(process, "supportedInterfaceRef", "interface").stream()
        .map(i -> catalogue.interfaces.get(i.id()))
        .filter(Objects::nonNull)
        .toList();
  }
}
