package dev.parley.conformance.crash;

import java.util.List;

/**
 * A promise that was not kept.
 *
 * @param key of the conversation; empty where it is about the store
 * @param lines of journal and ledger that show it
 */
public record Violation(Kind kind, String key, String text, List<String> lines) {
  public Violation {
    lines = List.copyOf(lines);
  }

  /** Which promise. */
  public enum Kind {
    /** Acknowledged, and without effect. */
    LOST,
    /** More than one effect. */
    DUPLICATE,
    /** An effect of what was never sent. */
    PHANTOM,
    /** An effect on another conversation. */
    WRONG_INSTANCE,
    /** Effects in another order than the acknowledgements. */
    ORDER,
    /** Not acknowledged at the end, although it was sent again and again. */
    UNANSWERED,
    /** A refusal that the load gives no reason for. */
    REFUSED,
    /** What the store holds after the last stop. */
    STORE
  }
}
