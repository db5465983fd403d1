package dev.parley.correlation;

import dev.parley.correlation.Situation.Enabled;
import dev.parley.correlation.Situation.Holder;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Bounds;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides what becomes of a message, and by which rule. In this order: an enabled receive; an
 * instance that will still receive it; the start of a new instance; else it is late or unknown, and
 * the policy says what that means.
 */
public final class Correlator {
  private Correlator() {}

  public static Decision decide(Situation situation, QueuePolicy policy, Instant now) {
    var live = situation.holders().stream().filter(Holder::live).toList();
    if (!situation.enabled().isEmpty()) {
      return Rule.RECEIVE.says(match(situation, live, policy));
    }
    boolean mayHaveHolders =
        situation.start().isPresent() && policy.onHeldKey() != QueuePolicy.HeldKey.REFUSE;
    if (!mayHaveHolders && any(live, h -> !h.belongs())) {
      return Rule.OTHER_CONVERSATION.says(
          violation(situation, "belongs to another conversation by one of its other keys"));
    }
    if (any(live, h -> h.belongs() && h.canReceive())) {
      boolean suspended = any(live, h -> h.belongs() && h.suspended());
      return suspended
          ? Rule.SUSPENDED.says(suspended(situation, policy))
          : Rule.EARLY.says(early(situation, policy, now));
    }
    if (situation.start().isPresent()) {
      boolean held = !live.isEmpty() && policy.onHeldKey() != QueuePolicy.HeldKey.ALLOW;
      return (held ? Rule.HELD_KEY : Rule.START).says(start(situation, policy, held, now));
    }
    if (situation.keys().isEmpty() && situation.holders().isEmpty()) {
      return Rule.NO_KEY.says(noKey(situation));
    }
    return situation.holders().isEmpty()
        ? Rule.UNKNOWN.says(unknown(situation, policy, now))
        : Rule.LATE.says(late(situation, policy));
  }

  private static Correlation match(Situation situation, List<Holder> live, QueuePolicy policy) {
    var enabled = situation.enabled();
    var first = enabled.getFirst();
    if (enabled.size() == 1) {
      boolean wouldShare =
          policy.onHeldKey() != QueuePolicy.HeldKey.ALLOW
              && any(live, h -> !h.instance().equals(first.instance()));
      return wouldShare
          ? violation(situation, "would set a key that another running instance holds")
          : new Correlation.Matched(first.instance(), first.token());
    }
    long instances = enabled.stream().map(Enabled::instance).distinct().count();
    if (instances > 1) {
      return refused(
          FaultKind.AMBIGUOUS_INSTANCE,
          "%s with %s fits %d running instances"
              .formatted(situation.operation(), keys(situation), instances),
          "Send a message whose correlation keys belong to one conversation.");
    }
    boolean oneKey = enabled.stream().map(Enabled::key).distinct().count() == 1;
    return refused(
        oneKey ? FaultKind.CONFLICTING_RECEIVE : FaultKind.AMBIGUOUS_RECEIVE,
        "%s with %s fits %d enabled receives of one instance"
            .formatted(situation.operation(), keys(situation), enabled.size()),
        "The process model enables more than one receive for one message.");
  }

  private static Correlation noKey(Situation situation) {
    return refused(
        FaultKind.INVALID_MESSAGE,
        "Expected a value for at least one correlation key in a message of '%s', but found none"
            .formatted(situation.operation()),
        "Send the elements that the process's correlation properties select.");
  }

  private static Correlation early(Situation situation, QueuePolicy policy, Instant now) {
    return switch (policy.onEarly()) {
      case QUEUE -> queue(situation, policy, untilConsumed(policy, now));
      case REJECT ->
          refused(
              FaultKind.TOO_EARLY,
              "The conversation %s does not yet wait for '%s'"
                  .formatted(keys(situation), situation.operation()),
              "Send it again later.");
      case DISCARD -> new Correlation.Discarded();
    };
  }

  private static Correlation suspended(Situation situation, QueuePolicy policy) {
    return policy.onSuspended() == QueuePolicy.Choice.QUEUE
        ? queue(situation, policy, new Correlation.Queued(null))
        : refused(
            FaultKind.SUSPENDED,
            "The conversation %s is suspended".formatted(keys(situation)),
            "Send it again when an operator has let it go on.");
  }

  private static Correlation start(
      Situation situation, QueuePolicy policy, boolean keyIsHeld, Instant now) {
    var starts = new Correlation.Instantiates(situation.start().getAsInt());
    if (!keyIsHeld) {
      return starts;
    }
    return switch (policy.onHeldKey()) {
      case REFUSE ->
          violation(situation, "is held by a running instance that can never receive it");
      case QUEUE -> queue(situation, policy, untilConsumed(policy, now));
      case ALLOW -> starts;
    };
  }

  private static Correlation unknown(Situation situation, QueuePolicy policy, Instant now) {
    return switch (policy.onUnknown()) {
      case QUEUE ->
          queue(situation, policy, new Correlation.Queued(now.plus(policy.keepUnknown())));
      case REJECT ->
          refused(
              FaultKind.UNKNOWN_CONVERSATION,
              "No conversation of process '%s' has %s"
                  .formatted(situation.process(), keys(situation)),
              "Start the conversation first, or correct the key.");
      case DISCARD -> new Correlation.Discarded();
    };
  }

  private static Correlation late(Situation situation, QueuePolicy policy) {
    return switch (policy.onLate()) {
      case DISCARD -> new Correlation.Discarded();
      case REJECT, QUEUE ->
          refused(
              FaultKind.TOO_LATE,
              "The conversation %s takes no '%s' any more"
                  .formatted(keys(situation), situation.operation()),
              "The process has ended or went on without this message; do not send it again.");
    };
  }

  private static Correlation.Queued untilConsumed(QueuePolicy policy, Instant now) {
    var keep = policy.keepEarly();
    return new Correlation.Queued(keep == null ? null : now.plus(keep));
  }

  private static Correlation queue(
      Situation situation, QueuePolicy policy, Correlation.Queued queued) {
    var load = situation.load();
    var bounds = policy.bounds();
    boolean hasRoom = !load.isOver(bounds) || policy.onFull() == QueuePolicy.Full.DROP_OLDEST;
    if (load.own() > bounds.bytes()) {
      return refused(
          FaultKind.QUEUE_FULL,
          "The message has %d bytes, but all messages of '%s' that wait may have %d together"
              .formatted(load.own(), situation.operation(), bounds.bytes()),
          "Send it again when the conversation waits for it, or send a smaller one.");
    }
    return hasRoom ? queued : full(situation, bounds);
  }

  private static Correlation full(Situation situation, Bounds bounds) {
    var load = situation.load();
    String what =
        load.inConversation() >= bounds.perConversation()
            ? "%d messages of '%s' already wait for the conversation %s"
                .formatted(load.inConversation(), situation.operation(), keys(situation))
            : "%d messages of '%s' with %d bytes already wait"
                .formatted(load.ofOperation(), situation.operation(), load.bytes());
    return refused(FaultKind.QUEUE_FULL, what, "Send it again later.");
  }

  private static Correlation violation(Situation situation, String why) {
    return refused(
        FaultKind.CORRELATION_VIOLATION,
        "%s of '%s' %s".formatted(keys(situation), situation.operation(), why),
        "Use the key of one conversation only; a set key never changes.");
  }

  private static boolean any(List<Holder> holders, Predicate<Holder> test) {
    return holders.stream().anyMatch(test);
  }

  private static String keys(Situation situation) {
    return situation.keys().isEmpty()
        ? "of the message that it answers"
        : situation.keys().stream().map(CorrelationKey::toString).collect(Collectors.joining(", "));
  }

  private static Correlation.Refused refused(FaultKind kind, String reason, String remedy) {
    return new Correlation.Refused(Fault.of(kind, reason, remedy));
  }
}
