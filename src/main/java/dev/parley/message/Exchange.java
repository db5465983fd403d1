package dev.parley.message;

import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.message.MessageExchangePattern.Second;

/**
 * One run of a message exchange pattern after its first message has travelled: what may come next
 * (WSDL 2.0 Part 2, section 2.2). The same for all eight patterns, whoever plays which role.
 */
public record Exchange(MessageExchangePattern pattern, State state) {

  /** Whether something may still travel, and what did. */
  public enum State {
    OPEN,
    ANSWERED,
    FAULTED,
    /** Ended without a second message: the pattern has none, or left it out. */
    EMPTY
  }

  /** Its first message has travelled. */
  public static Exchange begun(MessageExchangePattern pattern) {
    boolean nothingFollows =
        pattern.second() == Second.NONE && pattern.faultRule() == FaultRule.NO_FAULTS;
    return new Exchange(pattern, nothingFollows ? State.EMPTY : State.OPEN);
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether a second message may travel. */
  public boolean mayAnswer() {
    return isOpen() && pattern.second() != Second.NONE;
  }

  /** Whether ending now without a second message or a fault would break the pattern. */
  public boolean mustAnswer() {
    return isOpen() && pattern.second() == Second.REQUIRED;
  }

  /** Whether a declared fault may travel, in place of the second message or after the first one. */
  public boolean mayFault() {
    return isOpen() && pattern.faultRule() != FaultRule.NO_FAULTS;
  }

  /** After the second message; throws IllegalStateException where none may travel. */
  public Exchange answered() {
    return next(mayAnswer(), State.ANSWERED, "a second message");
  }

  /** After a fault; throws IllegalStateException where none may travel. */
  public Exchange faulted() {
    return next(mayFault(), State.FAULTED, "a fault");
  }

  /** Ended without a second message; throws IllegalStateException where one is required. */
  public Exchange ended() {
    return next(!mustAnswer(), isOpen() ? State.EMPTY : state, "an end without a second message");
  }

  private Exchange next(boolean allowed, State next, String what) {
    if (!allowed) {
      throw new IllegalStateException(
          "Expected %s exchange that is %s to allow %s".formatted(pattern.uri(), state, what));
    }
    return new Exchange(pattern, next);
  }
}
