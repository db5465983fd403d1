package dev.parley.deployment;

import java.time.Duration;

/**
 * How often and how long delivery is tried.
 *
 * @param blocking the token waits until the message is delivered
 * @param attempts how many at most; 1 where the assurance is at most once
 * @param backoff before the second attempt; grows by factor up to backoffMax
 * @param deadline since the message was committed
 */
public record DeliveryPolicy(
    boolean blocking,
    boolean atMostOnce,
    int attempts,
    Duration backoff,
    double factor,
    Duration backoffMax,
    Duration deadline) {
  public static final DeliveryPolicy DEFAULT =
      new DeliveryPolicy(
          false, false, 10, Duration.ofSeconds(1), 2, Duration.ofMinutes(5), Duration.ofHours(1));

  /** The same, blocking. */
  public DeliveryPolicy waiting() {
    return new DeliveryPolicy(true, atMostOnce, attempts, backoff, factor, backoffMax, deadline);
  }

  /** The same with another deadline. */
  public DeliveryPolicy within(Duration other) {
    return new DeliveryPolicy(blocking, atMostOnce, attempts, backoff, factor, backoffMax, other);
  }

  /** The wait before attempt number {@code attempts + 1}. */
  public Duration waitAfter(int attemptsMade) {
    double millis = (double) backoff.toMillis() * Math.pow(factor, Math.max(0, attemptsMade - 1));
    return Duration.ofMillis((long) Math.min(millis, (double) backoffMax.toMillis()));
  }
}
