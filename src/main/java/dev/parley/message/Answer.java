package dev.parley.message;

import java.util.List;

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

  /** The second message, with SOAP header blocks. */
  record Reply(Body body, List<Body> blocks) implements Answer {
    public Reply {
      blocks = List.copyOf(blocks);
    }

    /** Without header blocks. */
    public Reply(Body body) {
      this(body, List.of());
    }
  }

  /** A fault, declared or not. */
  record Faulted(Fault fault) implements Answer {}

  Answer ACCEPTED = new Accepted();

  static Answer refused(FaultKind kind, String reason, String remedy) {
    return new Faulted(Fault.of(kind, reason, remedy));
  }
}
