package dev.parley.message;

import static dev.parley.message.FaultKind.Blame.RECEIVER;
import static dev.parley.message.FaultKind.Blame.SENDER;

/** The gateway's faults, each with the SOAP code that says whom a repetition depends on. */
public enum FaultKind {
  TOO_EARLY(SENDER),
  TOO_LATE(SENDER),
  UNKNOWN_CONVERSATION(SENDER),
  EXPIRED(SENDER),
  QUEUE_FULL(RECEIVER),
  CORRELATION_VIOLATION(SENDER),
  AMBIGUOUS_RECEIVE(RECEIVER),
  CONFLICTING_RECEIVE(RECEIVER),
  AMBIGUOUS_INSTANCE(RECEIVER),
  CONFLICTING_REQUEST(SENDER),
  MISSING_REPLY(RECEIVER),
  MISSING_REQUEST(RECEIVER),
  REPLY_TIMEOUT(RECEIVER),
  INVALID_MESSAGE(SENDER),
  UNKNOWN_OPERATION(SENDER),
  IDENTITY_REUSED(SENDER),
  DUPLICATE_MESSAGE(SENDER),
  SUSPENDED(RECEIVER),
  DELIVERY_FAILED(RECEIVER),
  DELIVERY_TIMEOUT(RECEIVER),
  /** The process ended with an error that the operation does not declare. */
  PROCESS_FAILED(RECEIVER),
  /**
   * The gateway cannot take the message now: it starts, stops, is full, or its store cannot write.
   */
  UNAVAILABLE(RECEIVER);

  /**
   * Who has to change something before a repetition can succeed (SOAP 1.2 Part 1, section 5.4.6).
   */
  public enum Blame {
    SENDER,
    RECEIVER
  }

  private final Blame blame;

  FaultKind(Blame blame) {
    this.blame = blame;
  }

  public Blame blame() {
    return blame;
  }

  /** The name on the wire, for instance {@code TooEarly}. */
  public String wireName() {
    return WireNames.of(this);
  }

  /** The kind with a wire name; throws IllegalArgumentException when there is none. */
  public static FaultKind ofWireName(String name) {
    for (var kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "Expected the name of a gateway fault, found '%s'".formatted(name));
  }
}
