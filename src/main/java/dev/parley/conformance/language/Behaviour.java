package dev.parley.conformance.language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a partner does when it is called.
 *
 * @param times for so many calls; empty for one, or as the last one for ever
 * @param after how long it takes
 * @param then what it sends by itself afterwards
 */
public record Behaviour(
    Optional<Integer> times, Deed deed, Duration after, Optional<Callback> then) {

  /** How a call ends. */
  public sealed interface Deed {
    /** HTTP 200; without a body, an empty one. */
    record Answer(List<Head.Block> blocks, Optional<Xml> body) implements Deed {
      public Answer {
        blocks = List.copyOf(blocks);
      }
    }

    /** HTTP 202. */
    record Accept() implements Deed {}

    /** HTTP 500 with a SOAP fault. */
    record SoapFault(boolean sender, String reason, Optional<Xml> detail) implements Deed {}

    /** An HTTP status without an envelope. */
    record Status(int code) implements Deed {}

    /** No answer, ever. */
    record Silence() implements Deed {}

    /** Nobody listens. */
    record Refuse() implements Deed {}

    /** The request is read, and the connection cut. */
    record Break() implements Deed {}
  }

  /** Messages of its own. */
  public record Callback(Duration after, List<Step.Send> sends) {
    public Callback {
      sends = List.copyOf(sends);
    }
  }

  boolean needsVirtualTime() {
    return !after.isZero()
        || deed instanceof Deed.Silence
        || deed instanceof Deed.Refuse
        || then.filter(t -> !t.after().isZero()).isPresent();
  }
}
