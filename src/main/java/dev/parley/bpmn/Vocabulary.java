package dev.parley.bpmn;

import static dev.parley.bpmn.XmlElement.PARLEY;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;

/** Finds what an executable process holds and this package does not read. */
final class Vocabulary {

  private static final Set<String> ROOTS =
      Set.of(
          "import",
          "itemDefinition",
          "message",
          "error",
          "signal",
          "escalation",
          "interface",
          "endPoint",
          "correlationProperty",
          "collaboration",
          "globalConversation",
          "messageEventDefinition",
          "timerEventDefinition",
          "errorEventDefinition",
          "escalationEventDefinition",
          "signalEventDefinition",
          "conditionalEventDefinition",
          "linkEventDefinition",
          "terminateEventDefinition");

  private static final Set<String> WITH_ID =
      Set.of(
          "itemDefinition",
          "message",
          "error",
          "signal",
          "escalation",
          "inputDataItem",
          "outputDataItem",
          "interface",
          "operation",
          "correlationProperty",
          "participant",
          "messageFlow",
          "process",
          "sequenceFlow",
          "dataObject",
          "dataObjectReference");

  private final ParleyAttributes parley;
  private final Findings findings;

  Vocabulary(References references, Findings findings) {
    this.parley = new ParleyAttributes(references, findings);
    this.findings = findings;
  }

  static boolean isFlowNode(XmlElement element) {
    String kind = element.kind();
    return kind.endsWith("Event") || kind.endsWith("Gateway") || isActivity(element);
  }

  static boolean isActivity(XmlElement element) {
    String kind = element.kind();
    return kind.endsWith("Task")
        || kind.endsWith("SubProcess")
        || Set.of("task", "subProcess", "transaction", "callActivity").contains(kind);
  }

  void check(XmlElement definitions, List<XmlElement> executable) {
    checkLanguages(definitions);
    parley.check(definitions);
    for (var element : definitions.children()) {
      if (ROOTS.contains(element.kind()) || executable.contains(element)) {
        check(element);
      } else if (element.kind().equals("extension") && element.isTrue("mustUnderstand", false)) {
        unsupported(element, "Expected no extension that must be understood, but found one.");
      }
    }
  }

  private void checkLanguages(XmlElement definitions) {
    String language =
        definitions.attribute("typeLanguage").orElse(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    if (!language.equals(XMLConstants.W3C_XML_SCHEMA_NS_URI)) {
      findings.error(
          definitions,
          Rule.UNSUPPORTED_ATTRIBUTE,
          "Expected the typeLanguage of XML Schema, but found '%s'.".formatted(language),
          "Use '%s'.".formatted(XMLConstants.W3C_XML_SCHEMA_NS_URI));
    }
  }

  private void check(XmlElement element) {
    parley.check(element);
    var shape = Shape.read().get(element.kind());
    if (shape == null) {
      element.children().forEach(this::check);
      return;
    }
    checkId(element);
    checkAttributes(element, shape);
    checkForeign(element);
    for (var child : element.children()) {
      if (child.kind().equals("extensionElements")) {
        checkExtensions(child);
      } else if (shape.children().contains(child.kind())) {
        check(child);
      } else if (DataReader.placeholders(element).noneMatch(child::equals)) {
        unsupported(
            child,
            "Expected an element that is executed, but %s in %s is not."
                .formatted(child.what(), element.what()));
      }
    }
  }

  private void unsupported(XmlElement element, String problem) {
    findings.error(element, Rule.UNSUPPORTED_ELEMENT, problem, Remedy.of(element.kind()));
  }

  private void checkAttributes(XmlElement element, Shape shape) {
    element
        .attributes()
        .forEach(
            (name, value) -> {
              String local = name.getLocalPart();
              if (name.getNamespaceURI().isEmpty() && !shape.accepts(local, value.strip())) {
                findings.error(
                    element,
                    Rule.UNSUPPORTED_ATTRIBUTE,
                    "Expected attributes of %s '%s' that are executed, but %s=\"%s\" is not."
                        .formatted(element.name().getLocalPart(), element.label(), local, value),
                    "Remove the attribute.");
              }
            });
  }

  private void checkId(XmlElement element) {
    boolean needed = WITH_ID.contains(element.kind()) || isFlowNode(element);
    if (needed && element.id().isEmpty()) {
      findings.error(
          element,
          Rule.ID_MISSING,
          "Expected %s to have an id, but it has none.".formatted(element.name().getLocalPart()),
          "Add an id.");
    }
  }

  private void checkForeign(XmlElement element) {
    String foreign =
        element.attributes().keySet().stream()
            .filter(Vocabulary::isForeign)
            .map(Vocabulary::prefixed)
            .collect(Collectors.joining(", "));
    if (!foreign.isEmpty()) {
      findings.warning(
          element,
          Rule.FOREIGN_ATTRIBUTE,
          "Expected attributes of BPMN or of '%s', but found %s, which do nothing here."
              .formatted(PARLEY, foreign),
          "Remove them, unless another tool needs them.");
    }
  }

  private static boolean isForeign(QName name) {
    String namespace = name.getNamespaceURI();
    return !namespace.isEmpty()
        && !namespace.equals(PARLEY)
        && !namespace.equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)
        && !namespace.equals(XMLConstants.XML_NS_URI);
  }

  private static String prefixed(QName name) {
    return name.getPrefix() + ":" + name.getLocalPart();
  }

  private void checkExtensions(XmlElement extensions) {
    for (var extension : extensions.children()) {
      if (extension.name().getNamespaceURI().equals(PARLEY)) {
        unsupported(
            extension,
            "Expected '%s' to be used for attributes only, but found an element %s."
                .formatted(PARLEY, extension.name().getLocalPart()));
      }
    }
  }
}
