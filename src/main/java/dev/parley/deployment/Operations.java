package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Interface;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Joins the operations of a model to those of the WSDL, and says where the two disagree. */
final class Operations {
  private final Definitions definitions;
  private final Contract contract;
  private final Findings findings;
  private final Map<String, JoinedOperation> byId = new HashMap<>();

  Operations(Definitions definitions, Contract contract, Findings findings) {
    this.definitions = definitions;
    this.contract = contract;
    this.findings = findings;
    for (var model : definitions.operations().values()) {
      find(model).ifPresent(joined -> byId.put(model.id(), joined));
    }
    byId.values().forEach(this::check);
  }

  /** Empty when the WSDL has no such operation, which has been found. */
  Optional<JoinedOperation> find(String operationId) {
    return Optional.ofNullable(byId.get(operationId));
  }

  List<JoinedOperation> having(MessageDefinition message) {
    return all().stream().filter(j -> j.has(message)).toList();
  }

  /** The in-only operation that a message stands for which no operation has. */
  JoinedOperation simple(MessageDefinition message) {
    checkName(message);
    var name = OperationName.ofMessage(message.name());
    var model =
        new OperationDefinition(
            message.id(),
            message.name(),
            name.interfaceName(),
            name.operation(),
            message,
            null,
            List.of(),
            message.location());
    var item = message.item();
    var type =
        new MessageType(
            new QName(definitions.targetNamespace(), message.id()),
            item == null ? null : item.structure());
    return new JoinedOperation(
        model,
        new Operation(
            name, MessageExchangePattern.IN_ONLY, type, null, List.of(), message.location()));
  }

  private void checkName(MessageDefinition message) {
    for (var other : definitions.messages().values()) {
      if (other.name().equals(message.name()) && !other.id().equals(message.id())) {
        findings.error(
            message.location(),
            message.id(),
            Rule.AMBIGUOUS_MESSAGE,
            "Expected a message that is received or sent by its name to be the only one of that name, but '%s' is called '%s' too."
                .formatted(other.id(), message.name()),
            "Rename one of them.");
      }
    }
  }

  /** In document order. */
  List<JoinedOperation> all() {
    return byId.values().stream().sorted(Comparator.comparing(j -> j.model().location())).toList();
  }

  private Optional<JoinedOperation> find(OperationDefinition model) {
    return contract
        .find(model.interfaceName())
        .or(() -> unknownInterface(model))
        .flatMap(
            service ->
                service
                    .operation(model.operation())
                    .map(wsdl -> new JoinedOperation(model, wsdl))
                    .or(() -> unknownOperation(model, service)));
  }

  private Optional<Interface> unknownInterface(OperationDefinition model) {
    findings.error(
        model.location(),
        model.id(),
        Rule.UNKNOWN_INTERFACE,
        "Expected a WSDL interface %s, but the bundle has %s."
            .formatted(model.interfaceName(), names(contract.interfaces().keySet().stream())),
        "Correct the interface's implementationRef, or add the WSDL to the bundle.");
    return Optional.empty();
  }

  private Optional<JoinedOperation> unknownOperation(OperationDefinition model, Interface service) {
    findings.error(
        model.location(),
        model.id(),
        Rule.UNKNOWN_OPERATION,
        "Expected the WSDL interface %s to have an operation '%s', but it has %s."
            .formatted(
                service.name(),
                model.operation(),
                names(service.operations().stream().map(o -> o.name().operation()))),
        "Correct the operation's implementationRef (%s:%d declares the interface)."
            .formatted(service.location().file(), service.location().line()));
    return Optional.empty();
  }

  private void check(JoinedOperation joined) {
    var model = joined.model();
    checkType(joined, "inMessageRef", model.inMessage(), joined.message(joined.first()));
    var out = model.outMessage();
    if (joined.hasSecond() && out != null) {
      checkType(joined, "outMessageRef", out, joined.message(joined.second()));
    } else if (joined.hasSecond() != (out != null)) {
      findings.error(
          model.location(),
          model.id(),
          Rule.MESSAGE_TYPE,
          "Expected the operation to name %s outMessageRef, for its WSDL operation is %s, but found %s."
              .formatted(out == null ? "an" : "no", pattern(joined), out == null ? "none" : "one"),
          out == null ? "Add outMessageRef." : "Remove outMessageRef, or correct the WSDL.");
    }
    model.errors().forEach(error -> checkError(joined, error));
  }

  private void checkType(
      JoinedOperation joined,
      String role,
      MessageDefinition message,
      @Nullable MessageType expected) {
    var item = message.item();
    QName found = item == null ? null : item.structure();
    QName element = expected == null ? null : expected.element();
    if (found != null && !found.equals(element)) {
      findings.error(
          joined.model().location(),
          joined.model().id(),
          Rule.MESSAGE_TYPE,
          "Expected %s to name a message whose item is %s, as in the WSDL (%s:%d), but the item of '%s' is %s."
              .formatted(
                  role,
                  element == null ? "empty" : element,
                  joined.wsdl().location().file(),
                  joined.wsdl().location().line(),
                  message.id(),
                  found),
          "Correct the structureRef of the message's item definition, or the WSDL.");
    }
  }

  private void checkError(JoinedOperation joined, ErrorDefinition error) {
    if (joined.faultsOf(error).isEmpty()) {
      findings.error(
          joined.model().location(),
          joined.model().id(),
          Rule.ERROR_TYPE,
          "Expected errorRef '%s' to be a fault that the WSDL operation declares, but its faults are %s."
              .formatted(
                  error.id(),
                  names(
                      joined.wsdl().faults().stream()
                          .map(f -> f.name() + " with " + f.message().element()))),
          "Give the error an item definition whose structureRef is a fault's element.");
    }
  }

  static String pattern(JoinedOperation joined) {
    return joined.wsdl().pattern().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String names(Stream<?> names) {
    var text = names.map(Object::toString).sorted().collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }
}
