package dev.parley.deployment;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** An operation of the model and the WSDL operation it stands for (BPMN 2.0.2, clause 8.4.3). */
record JoinedOperation(OperationDefinition model, Operation wsdl) {

  OperationName name() {
    return wsdl.name();
  }

  /** Whether it stands for a message that no WSDL operation carries. */
  boolean isSimple() {
    return name().isSimpleMessage();
  }

  /** What the pattern's first message is to the operation. */
  MessageKind first() {
    return wsdl.pattern().first();
  }

  MessageKind second() {
    return wsdl.pattern().answer();
  }

  boolean hasSecond() {
    return wsdl.pattern().second() != Second.NONE;
  }

  @Nullable MessageType message(MessageKind kind) {
    return kind == MessageKind.INPUT ? wsdl.input() : wsdl.output();
  }

  boolean isFirst(MessageDefinition message) {
    return message.id().equals(model.inMessage().id());
  }

  boolean isSecond(MessageDefinition message) {
    var out = model.outMessage();
    return out != null && message.id().equals(out.id());
  }

  boolean has(MessageDefinition message) {
    return isFirst(message) || isSecond(message) || !faultsOf(message).isEmpty();
  }

  /** The declared faults that a message of the model can be. */
  List<FaultType> faultsOf(MessageDefinition message) {
    var item = message.item();
    return item == null
        ? List.of()
        : faults(Optional.ofNullable(item.structure()), message.name(), false);
  }

  /** The declared faults that an error of the model can be. */
  List<FaultType> faultsOf(ErrorDefinition error) {
    var item = error.item();
    var structure = Optional.ofNullable(item == null ? null : item.structure());
    var code = error.code();
    return faults(structure, code == null ? error.name() : code, code != null);
  }

  QName faultName(FaultType fault) {
    return new QName(wsdl.name().interfaceName().getNamespaceURI(), fault.name());
  }

  /** By its element; faults that share it are told apart by name. */
  private List<FaultType> faults(Optional<QName> structure, String name, boolean orByName) {
    var named = wsdl.faults().stream().filter(f -> f.name().equals(name)).toList();
    if (structure.isEmpty()) {
      return orByName ? named : List.of();
    }
    var fitting =
        wsdl.faults().stream().filter(f -> structure.get().equals(f.message().element())).toList();
    var both = fitting.stream().filter(named::contains).toList();
    return both.isEmpty() ? fitting : both;
  }
}
