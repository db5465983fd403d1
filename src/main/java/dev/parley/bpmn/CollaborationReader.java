package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.Collaboration;
import dev.parley.bpmn.Definitions.CorrelationKeyDefinition;
import dev.parley.bpmn.Definitions.Participant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads collaborations with their conversations (BPMN 2.0.2, clause 9). */
final class CollaborationReader {

  private final XmlElement definitions;
  private final References references;
  private final Catalogue catalogue;
  private final Findings findings;

  CollaborationReader(
      XmlElement definitions, References references, Catalogue catalogue, Findings findings) {
    this.definitions = definitions;
    this.references = references;
    this.catalogue = catalogue;
    this.findings = findings;
  }

  List<Collaboration> read() {
    var flows = new MessageFlowReader(definitions, references, catalogue, findings);
    return definitions.children().stream()
        .filter(e -> e.kind().equals("collaboration") || e.kind().equals("globalConversation"))
        .map(c -> collaboration(c, flows))
        .toList();
  }

  private Collaboration collaboration(XmlElement element, MessageFlowReader flows) {
    for (var conversation : element.children("conversation")) {
      references.byChildren(conversation, "participantRef", "participant");
      references.byChildren(conversation, "messageFlowRef", "messageFlow");
    }
    var keys =
        Stream.concat(
                element.children("correlationKey").stream(),
                element.children("conversation").stream()
                    .flatMap(c -> c.children("correlationKey").stream()))
            .map(this::key)
            .toList();
    return new Collaboration(
        element.id(),
        element.children("participant").stream().map(this::participant).toList(),
        element.children("messageFlow").stream().map(flows::read).toList(),
        keys,
        element.location());
  }

  private Participant participant(XmlElement element) {
    var process =
        references
            .byAttribute(element, "processRef", "process")
            .filter(p -> p.isTrue("isExecutable", false));
    var multiplicity = element.child("participantMultiplicity");
    if (process.isPresent() && multiplicity.isPresent()) {
      findings.error(
          multiplicity.get(),
          Rule.UNSUPPORTED_ELEMENT,
          "Expected no participantMultiplicity on '%s', whose process executes, but found one."
              .formatted(element.label()),
          "Remove it: instances are created by messages.");
    }
    var interfaces =
        references.byChildren(element, "interfaceRef", "interface").stream()
            .map(i -> catalogue.interfaces.get(i.id()))
            .filter(Objects::nonNull)
            .toList();
    return new Participant(
        element.id(),
        element.title(),
        process.map(XmlElement::id).orElse(null),
        interfaces,
        endpoint(element),
        element.location());
  }

  private @Nullable String endpoint(XmlElement participant) {
    var endPoints = references.byChildren(participant, "endPointRef", "endPoint");
    var addresses =
        Stream.concat(
                participant.parley("endpoint").stream(),
                endPoints.stream().flatMap(e -> e.parley("address").stream()))
            .map(String::strip)
            .distinct()
            .toList();
    if (addresses.size() > 1) {
      findings.error(
          participant,
          Rule.CONTRADICTION,
          "Expected one address of participant '%s', but found %s."
              .formatted(participant.label(), addresses),
          "Keep one parley:endpoint or endPointRef.");
    }
    return addresses.stream().findFirst().orElse(null);
  }

  private CorrelationKeyDefinition key(XmlElement key) {
    if (key.child("correlationPropertyRef").isEmpty()) {
      findings.error(
          key,
          Rule.CORRELATION,
          "Expected correlation key '%s' to have at least one property, but it has none."
              .formatted(key.label()),
          "Add correlationPropertyRef.");
    }
    if (key.title().isEmpty()) {
      findings.error(
          key,
          Rule.ID_MISSING,
          "Expected a correlation key to have an id or a name, but it has neither.",
          "Add an id.");
    }
    var properties =
        references.byChildren(key, "correlationPropertyRef", "correlationProperty").stream()
            .map(p -> catalogue.correlationProperties.get(p.id()))
            .filter(Objects::nonNull)
            .toList();
    return new CorrelationKeyDefinition(key.id(), key.title(), properties, key.location());
  }
}
