package dev.parley.message;

/** Why the garbage collector removed a queued message: exactly one of these. */
public enum CollectionReason {
  /** Its time was over before a receive took it. */
  EXPIRED,
  /** Its conversation ended, with its instance or the scope that had its key. */
  CONVERSATION_ENDED,
  /** Its instance lives, but can never come to a receive for it. */
  UNREACHABLE,
  /** No process version takes it any more. */
  DEFINITION_GONE,
  /** It made room for a newer one. */
  OVERFLOW,
  /** Whoever waited for its answer waits no longer. */
  CALLER_GONE;

  /** The name that is told and recorded, for instance {@code ConversationEnded}. */
  public String wireName() {
    return WireNames.of(this);
  }
}
