package dev.parley.deployment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message that no enabled receive takes.
 *
 * @param keepEarly how long an early message waits; null: until its conversation ends
 * @param maxPerConversation how many messages may wait for one operation under one key
 */
public record QueuePolicy(
    Choice onEarly,
    @Nullable Duration keepEarly,
    Choice onUnknown,
    Duration keepUnknown,
    Choice onLate,
    HeldKey onHeldKey,
    int maxPerConversation) {

  /** Queue it, refuse it, or accept and drop it. */
  public enum Choice {
    QUEUE,
    REJECT,
    DISCARD
  }

  /**
   * What becomes of a starting message whose key a live instance holds that can never receive it.
   */
  public enum HeldKey {
    REFUSE,
    ALLOW
  }

  public static final QueuePolicy DEFAULT =
      new QueuePolicy(
          Choice.QUEUE,
          null,
          Choice.QUEUE,
          Duration.ofHours(1),
          Choice.REJECT,
          HeldKey.REFUSE,
          100);
}
