package dev.parley.message;

/**
 * What the sender of an exchange's first message gets. Nothing is answered before it has been
 * committed.
 */
public sealed interface Answer {

  /**
   * The message was accepted durably; the pattern has no second message, or its optional one is
   * left out.
   */
  record Accepted() implements Answer {}

  /** The second message. */
  record Reply(Body body) implements Answer {}

  /** A fault, declared or not. */
  record Faulted(Fault fault) implements Answer {}

  Answer ACCEPTED = new Accepted();

  static Answer refused(FaultKind kind, String reason, String remedy) {
    return new Faulted(Fault.of(kind, reason, remedy));
  }
}
