package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.Definitions.Collaboration;
import dev.parley.bpmn.Definitions.Participant;
import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Port;
import dev.parley.wsdl.SoapVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/** Finds the participant that a node talks to, and where it is reached. */
final class Partners {
  private final Shared shared;
  private final ProcessDefinition process;
  private final Findings findings;

  Partners(Shared shared, ProcessDefinition process, Findings findings) {
    this.shared = shared;
    this.process = process;
    this.findings = findings;
  }

  /**
   * What the processes of a file have in common.
   *
   * @param endpoints that the configuration names
   * @param roles by process, of those that execute
   */
  record Shared(
      Definitions definitions,
      Contract contract,
      Operations operations,
      Map<String, String> endpoints,
      Map<String, Roles> roles) {}

  Operations operations() {
    return shared.operations();
  }

  /** Whom a message goes to, and where as far as a deployment can say. */
  record Found(String name, Destination destination) {}

  /** Id of the participant that a node has a message flow with; empty where none says so. */
  Optional<String> participant(FlowNode node) {
    var flows = byFlow(node);
    return flows.size() == 1 ? Optional.of(flows.getFirst().id()) : Optional.empty();
  }

  /**
   * Empty when there is none, which has been found.
   *
   * @param chooses the node says itself, when the message is sent, where it goes
   */
  Optional<Found> of(FlowNode node, JoinedOperation operation, boolean chooses) {
    var interfaceName = operation.name().interfaceName();
    var candidates = candidates(node, interfaceName);
    if (candidates.size() > 1) {
      findings.error(
          node.location(),
          node.id(),
          Rule.AMBIGUOUS_PARTICIPANT,
          "Expected message flows with one participant, but found them with %s."
              .formatted(String.join(", ", candidates.stream().map(Participant::id).toList())),
          "Keep the message flow with the participant that provides the operation.");
      return Optional.empty();
    }
    var participant = candidates.stream().findFirst();
    participant.ifPresent(p -> checkInterface(node, p, operation));
    var name = participant.map(Participant::id).orElseGet(interfaceName::toString);
    var chosen = chosen(participant, interfaceName);
    var hosted =
        chosen.isPresent()
            ? chosen.flatMap(Destination::process)
            : participant.flatMap(p -> Optional.ofNullable(p.process()));
    boolean learns = chooses || learns(name);
    var destination =
        hosted.isPresent()
            ? hosted(node, operation, hosted.get(), chooses)
            : port(node, operation, chosen, learns);
    return destination.map(d -> new Found(name, d));
  }

  /** Whether an instance may get to know where a partner is from a message. */
  private boolean learns(String partner) {
    return Objects.requireNonNull(shared.roles().get(process.id())).uses().stream()
        .filter(use -> use.receives() || use.messaging().endpoint() != null)
        .anyMatch(
            use ->
                participant(use.node()).filter(partner::equals).isPresent() || isOf(use, partner));
  }

  /** Without a participant it is known by its interface. */
  private static boolean isOf(MessageUse use, String interfaceName) {
    var operation = use.messaging().operation();
    return !use.receives()
        && operation != null
        && operation.interfaceName().toString().equals(interfaceName);
  }

  private Optional<Destination> hosted(
      FlowNode node, JoinedOperation operation, String key, boolean chooses) {
    var roles = shared.roles().get(key);
    if (roles != null && !chooses && !roles.hosts(operation.name())) {
      findings.error(
          node.location(),
          node.id(),
          Rule.NOT_RECEIVED,
          "Expected the process '%s', to which the message flow leads, to receive the operation '%s', but none of its nodes does."
              .formatted(key, operation.model().id()),
          "Receive the operation there, or let the message flow lead to another participant.");
      return Optional.empty();
    }
    var port = bestPort(operation.name().interfaceName()).map(p -> servicePort(operation, p));
    return Optional.of(new Destination.Hosted(key, port.orElse(null)));
  }

  private Optional<Destination> port(
      FlowNode node, JoinedOperation operation, Optional<String> chosen, boolean learns) {
    if (operation.isSimple()) {
      refuseToSend(node, operation);
      return Optional.empty();
    }
    var port = bestPort(operation.name().interfaceName());
    if (port.isEmpty()) {
      refuse(node, Rule.NO_PORT, "Expected a WSDL port of the partner's interface %s", operation);
      return Optional.empty();
    }
    var partner = servicePort(operation, port.get());
    if (chosen.isPresent()) {
      return Optional.of(new Destination.Endpoint(partner, chosen.get()));
    }
    // The address of a service that sends the first message is its own.
    boolean partners = operation.first() == MessageKind.INPUT;
    if (partners && !port.get().address().isBlank()) {
      return Optional.of(new Destination.Port(partner));
    }
    if (learns || !partners) {
      if (!learns) {
        warnOfUnknown(node, operation);
      }
      return Optional.of(new Destination.Unknown(partner));
    }
    refuse(node, Rule.NO_ENDPOINT, "Expected an address for the interface %s", operation);
    return Optional.empty();
  }

  private void warnOfUnknown(FlowNode node, JoinedOperation operation) {
    findings.warning(
        node.location(),
        node.id(),
        Rule.NO_ENDPOINT,
        "Expected to know where the operation '%s', which is %s, is sent to, but nothing says so: the WSDL's address is the sender's own."
            .formatted(operation.model().id(), Operations.pattern(operation)),
        "Add an endPointRef to the participant, its address to the configuration, or"
            + " parley:endpoint to the node; until then it fails with DeliveryFailed.");
  }

  /** By message flow; where there is none the only participant with the interface. */
  private List<Participant> candidates(FlowNode node, QName interfaceName) {
    var flows = byFlow(node);
    if (!flows.isEmpty()) {
      return flows;
    }
    var having =
        all(Collaboration::participants)
            .filter(p -> !process.id().equals(p.process()))
            .filter(p -> p.interfaceNames().contains(interfaceName))
            .toList();
    return having.size() == 1 ? having : List.of();
  }

  private List<Participant> byFlow(FlowNode node) {
    for (boolean leaving : List.of(true, false)) {
      var flows =
          all(Collaboration::messageFlows)
              .filter(f -> (leaving ? f.source() : f.target()).equals(node.id()))
              .map(f -> participant(leaving ? f.target() : f.source()))
              .flatMap(Optional::stream)
              .distinct()
              .toList();
      if (!flows.isEmpty()) {
        return flows;
      }
    }
    return List.of();
  }

  private Optional<Participant> participant(String end) {
    var owner =
        shared.definitions().processes().stream()
            .filter(p -> p.nodes().stream().anyMatch(n -> n.id().equals(end)))
            .map(ProcessDefinition::id)
            .findFirst();
    return all(Collaboration::participants)
        .filter(p -> p.id().equals(end) || owner.filter(o -> o.equals(p.process())).isPresent())
        .findFirst();
  }

  private <T> Stream<T> all(Function<Collaboration, List<T>> part) {
    return shared.definitions().collaborations().stream().flatMap(c -> part.apply(c).stream());
  }

  private void checkInterface(FlowNode node, Participant participant, JoinedOperation operation) {
    var interfaceName = operation.name().interfaceName();
    var provided = participant.interfaceNames();
    if (!provided.isEmpty() && !provided.contains(interfaceName) && !operation.isSimple()) {
      findings.error(
          node.location(),
          node.id(),
          Rule.PARTICIPANT_INTERFACE,
          "Expected the participant '%s' to have the operation's interface %s, but it has %s."
              .formatted(participant.id(), interfaceName, provided),
          "Let the message flow point at another participant, or add interfaceRef to this one.");
    }
  }

  private Optional<Port> bestPort(QName interfaceName) {
    var ports = shared.contract().portsOf(interfaceName);
    return ports.stream()
        .filter(p -> p.soapVersion() == SoapVersion.SOAP_11)
        .findFirst()
        .or(() -> ports.stream().findFirst());
  }

  /** What the model or the configuration says. */
  private Optional<String> chosen(Optional<Participant> participant, QName interfaceName) {
    var endpoints = shared.endpoints();
    return Stream.of(
            participant.map(Participant::endpoint),
            participant.map(p -> endpoints.get(p.name())),
            participant.map(p -> endpoints.get(p.id())),
            Optional.ofNullable(endpoints.get(interfaceName.toString())))
        .flatMap(Optional::stream)
        .filter(address -> !address.isBlank())
        .findFirst();
  }

  private ServicePort servicePort(JoinedOperation operation, Port port) {
    var contract = shared.contract();
    var service = contract.find(operation.name().interfaceName()).orElseThrow();
    var wsdl = Objects.requireNonNull(contract.portFiles().get(port), port.name());
    return new ServicePort(process.id(), service, port, wsdl, contract.schemas());
  }

  private void refuseToSend(FlowNode node, JoinedOperation operation) {
    findings.error(
        node.location(),
        node.id(),
        Rule.NO_ENDPOINT,
        "Expected a message flow to a pool whose process executes, for no WSDL operation has the message '%s', but found none."
            .formatted(operation.model().id()),
        "Draw the message flow, name urn:parley:process:KEY as the participant's endpoint, or add"
            + " operationRef.");
  }

  private void refuse(FlowNode node, String rule, String expected, JoinedOperation operation) {
    findings.error(
        node.location(),
        node.id(),
        rule,
        expected.formatted(operation.name().interfaceName()) + ", but found none.",
        "Add a service with a SOAP port and its address to the WSDL"
            + (rule.equals(Rule.NO_ENDPOINT)
                ? ", an endPointRef to the participant, its address to the configuration, or"
                    + " parley:endpoint to the node where a message tells it."
                : "."));
  }
}
