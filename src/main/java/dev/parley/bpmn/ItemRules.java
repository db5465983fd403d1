package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.FlowNode.Messaging;
import org.jspecify.annotations.Nullable;

/** Data of a task or event has the item of its message (BPMN 2.0.2, clause 10.3.3). */
final class ItemRules {

  private final References references;
  private final Findings findings;

  ItemRules(References references, Findings findings) {
    this.references = references;
    this.findings = findings;
  }

  void check(XmlElement node, Messaging messaging) {
    var operation = messaging.operation();
    var callback = messaging.callback();
    var in = messaging.message();
    var out = messaging.message();
    if (operation != null && node.kind().equals("serviceTask")) {
      in = operation.inMessage();
      out = callback == null ? operation.outMessage() : callback.inMessage();
    }
    check(node, "dataInput", in);
    check(node, "dataOutput", out);
  }

  private void check(XmlElement node, String kind, @Nullable MessageDefinition message) {
    DataReader.nodeData(node, kind).forEach(data -> check(data, message));
  }

  private void check(XmlElement data, @Nullable MessageDefinition message) {
    var item = references.byAttribute(data, "itemSubjectRef", "itemDefinition");
    var expected = message == null ? null : message.item();
    if (item.isPresent() && expected != null && !item.get().id().equals(expected.id())) {
      mismatch(data, expected.id(), item.get().id(), "its message");
    }
  }

  void checkReference(XmlElement reference) {
    var item = references.byAttribute(reference, "itemSubjectRef", "itemDefinition");
    var object = references.byAttribute(reference, "dataObjectRef", "dataObject");
    var expected =
        object.flatMap(o -> references.byAttribute(o, "itemSubjectRef", "itemDefinition"));
    if (item.isPresent() && !item.equals(expected)) {
      mismatch(
          reference, expected.map(XmlElement::id).orElse(""), item.get().id(), "its data object");
    }
  }

  private void mismatch(XmlElement at, String expected, String found, String whose) {
    findings.error(
        at,
        Rule.DATA,
        "Expected '%s' to have the item of %s, '%s', but found '%s'."
            .formatted(at.label(), whose, expected, found),
        "Correct itemSubjectRef, or leave it out.");
  }
}
