package dev.parley.delivery;

import dev.parley.deployment.DeliveryPolicy;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.turn.Dispatch;
import dev.parley.turn.TurnInput.SendOutcome;
import java.time.Instant;
import java.util.Optional;

/** What follows from an attempt: pure, so that it can be decided without a wire. */
public final class Retries {
  private Retries() {}

  /** What an attempt that ended now means for its message. */
  public static SendOutcome after(Attempt attempt, OutboxRow row, Dispatch dispatch, Instant now) {
    return switch (attempt) {
      case Attempt.Acknowledged _ -> new SendOutcome.Delivered();
      case Attempt.Replied(var body, var blocks) -> new SendOutcome.Answered(body, blocks);
      case Attempt.Faulted(var fault) ->
          dispatch.isAnswer()
              ? new SendOutcome.Failed(false, "The answer was refused: " + fault.reason())
              : new SendOutcome.Faulted(fault);
      case Attempt.Failed failed -> after(failed, row, dispatch, now);
    };
  }

  private static SendOutcome after(
      Attempt.Failed failed, OutboxRow row, Dispatch dispatch, Instant now) {
    var policy = dispatch.policy();
    var reason = failed.reason();
    int made = row.attempts() + 1;
    var next = now.plus(policy.waitAfter(made));
    boolean over = !now.isBefore(deadline(row, policy));
    if (over && dispatch.mayStaySilent() && !failed.surelyNotSent()) {
      return new SendOutcome.Delivered();
    }
    if (failed.worthRetrying() && over) {
      return new SendOutcome.Failed(true, reason);
    }
    if (!failed.worthRetrying() || policy.atMostOnce() || made >= policy.attempts()) {
      return new SendOutcome.Failed(false, reason);
    }
    return next.isAfter(deadline(row, policy))
        ? new SendOutcome.Failed(true, reason)
        : new SendOutcome.Retry(next, reason);
  }

  /** After this nothing is sent any more. */
  public static Instant deadline(OutboxRow row, DeliveryPolicy policy) {
    return row.since().plus(policy.deadline());
  }

  /**
   * What a restart means for a message whose delivery was under way, perhaps, when the gateway
   * ended; empty where it is sent again.
   */
  public static Optional<SendOutcome> afterRestart(DeliveryPolicy policy) {
    if (!policy.atMostOnce()) {
      return Optional.empty();
    }
    String reason =
        "In doubt: the gateway ended while the message was being sent, and it must not be sent"
            + " twice";
    return Optional.of(new SendOutcome.Failed(false, reason));
  }
}
