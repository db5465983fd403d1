package dev.parley.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The eight message exchange patterns, named from the side of the service whose WSDL they are in
 * (WSDL 2.0 Part 2, section 2.2, and WSDL 2.0 Additional MEPs).
 */
public enum MessageExchangePattern {
  IN_ONLY(MessageKind.INPUT, Second.NONE, FaultRule.NO_FAULTS),
  ROBUST_IN_ONLY(MessageKind.INPUT, Second.NONE, FaultRule.MESSAGE_TRIGGERS_FAULT),
  IN_OUT(MessageKind.INPUT, Second.REQUIRED, FaultRule.FAULT_REPLACES_MESSAGE),
  IN_OPT_OUT(MessageKind.INPUT, Second.OPTIONAL, FaultRule.MESSAGE_TRIGGERS_FAULT),
  OUT_ONLY(MessageKind.OUTPUT, Second.NONE, FaultRule.NO_FAULTS),
  ROBUST_OUT_ONLY(MessageKind.OUTPUT, Second.NONE, FaultRule.MESSAGE_TRIGGERS_FAULT),
  OUT_IN(MessageKind.OUTPUT, Second.REQUIRED, FaultRule.FAULT_REPLACES_MESSAGE),
  OUT_OPT_IN(MessageKind.OUTPUT, Second.OPTIONAL, FaultRule.MESSAGE_TRIGGERS_FAULT);

  /** Whether a pattern has a second message. */
  public enum Second {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /** When a fault may travel (WSDL 2.0 Part 2, section 2.1). */
  public enum FaultRule {
    NO_FAULTS,
    MESSAGE_TRIGGERS_FAULT,
    FAULT_REPLACES_MESSAGE
  }

  private static final String NAMESPACE = "http://www.w3.org/ns/wsdl/";

  private final MessageKind first;
  private final Second second;
  private final FaultRule faultRule;

  MessageExchangePattern(MessageKind first, Second second, FaultRule faultRule) {
    this.first = first;
    this.second = second;
    this.faultRule = faultRule;
  }

  /** The pattern's IRI. */
  public String uri() {
    return NAMESPACE + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The pattern an IRI names. */
  public static Optional<MessageExchangePattern> ofUri(String uri) {
    for (var pattern : values()) {
      if (pattern.uri().equals(uri)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  /** The first message's kind, which says who begins: INPUT the consumer, OUTPUT the service. */
  public MessageKind first() {
    return first;
  }

  public Second second() {
    return second;
  }

  /** The second message's kind, where there is one. */
  public MessageKind answer() {
    return first == MessageKind.INPUT ? MessageKind.OUTPUT : MessageKind.INPUT;
  }

  /** Whether a fault is all that may come back. */
  public boolean isRobust() {
    return second == Second.NONE && faultRule == FaultRule.MESSAGE_TRIGGERS_FAULT;
  }

  public FaultRule faultRule() {
    return faultRule;
  }
}
