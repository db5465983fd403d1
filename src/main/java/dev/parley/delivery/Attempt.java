package dev.parley.delivery;

import dev.parley.message.Body;
import dev.parley.message.Fault;
import java.util.List;

/** What came of one attempt to deliver a message. */
public sealed interface Attempt {

  /** The partner accepted it: HTTP 2xx. */
  record Acknowledged() implements Attempt {}

  /** The partner answered. */
  record Replied(Body body, List<Body> blocks) implements Attempt {
    public Replied {
      blocks = List.copyOf(blocks);
    }

    /** Without SOAP header blocks. */
    public Replied(Body body) {
      this(body, List.of());
    }
  }

  /** The partner answered with a SOAP fault. */
  record Faulted(Fault fault) implements Attempt {}

  /**
   * No answer.
   *
   * @param reason for an operator
   * @param surelyNotSent the partner cannot have seen it
   * @param worthRetrying false when a repetition would meet the same refusal (HTTP 4xx but 408,
   *     429)
   */
  record Failed(String reason, boolean surelyNotSent, boolean worthRetrying) implements Attempt {}

  Attempt ACKNOWLEDGED = new Acknowledged();
}
