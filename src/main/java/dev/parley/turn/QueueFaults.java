package dev.parley.turn;

import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.Rule;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;

/** What is told of a message that leaves the queue and was not taken. */
final class QueueFaults {
  private QueueFaults() {}

  static Fault.Gateway sharedKey() {
    return Fault.of(
        FaultKind.CORRELATION_VIOLATION,
        "The message would set a key that another running instance holds",
        "Use the key of one conversation only; a set key never changes.");
  }

  static Fault.Gateway callerGone() {
    return Fault.of(
        FaultKind.REPLY_TIMEOUT,
        "The caller waited no longer before the message was taken",
        "Send it again.");
  }

  static Fault.Gateway conflictingRequest(Message message) {
    return Fault.of(
        FaultKind.CONFLICTING_REQUEST,
        "The conversation has not yet answered an earlier '%s'"
            .formatted(message.operation().operation()),
        "Wait for that answer, then send again.");
  }

  static Fault.Gateway ended(CorrelationKey key) {
    return Fault.of(
        FaultKind.TOO_LATE,
        "The conversation %s ended before it took the message".formatted(key),
        "Do not send it again.");
  }

  static Fault.Gateway unreachable(Message message) {
    return Fault.of(
        FaultKind.TOO_LATE,
        "The conversation went on without this '%s' and cannot take it any more"
            .formatted(message.operation().operation()),
        "Do not send it again.");
  }

  static Fault.Gateway gone(Message message) {
    return Fault.of(
        FaultKind.UNKNOWN_OPERATION,
        "The process does not take '%s' any more".formatted(message.operation().operation()),
        "Send one of the operations that the WSDL has now.");
  }

  /** Of one that was never queued, as the policy says. */
  static Fault.Gateway dropped(Message message, Rule rule) {
    var kind =
        switch (rule) {
          case EARLY, SUSPENDED -> FaultKind.TOO_EARLY;
          case UNKNOWN -> FaultKind.UNKNOWN_CONVERSATION;
          default -> FaultKind.TOO_LATE;
        };
    return Fault.of(
        kind,
        "The process takes no '%s' now, and drops it".formatted(message.operation().operation()),
        "Do not send it again.");
  }
}
