package dev.parley.wsdl;

import dev.parley.finding.Location;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An operation with its pattern and the messages the pattern has.
 *
 * @param input null where the pattern has no input
 * @param output null where the pattern has no output
 */
public record Operation(
    OperationName name,
    MessageExchangePattern pattern,
    @Nullable MessageType input,
    @Nullable MessageType output,
    List<FaultType> faults,
    Location location) {
  public Operation {
    faults = List.copyOf(faults);
  }

  /** The operation's input or output, where its pattern has it. */
  public Optional<MessageType> message(MessageKind kind) {
    return Optional.ofNullable(kind == MessageKind.INPUT ? input : output);
  }

  /** The declared fault of this name. */
  public Optional<FaultType> fault(String name) {
    return faults.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** The declared fault whose detail is this element. */
  public Optional<FaultType> faultWithDetail(QName element) {
    return faults.stream().filter(f -> element.equals(f.message().element())).findFirst();
  }
}
