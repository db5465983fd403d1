package dev.parley.config;

import java.time.Duration;

/**
 * How long what is past is kept, and how much of it.
 *
 * @param duplicateWindow for which a message's identities are remembered
 * @param maxIdentities that are remembered; the oldest go first
 * @param keepReplies for which a duplicate gets the reply that was given
 * @param maxReplies that are kept; the oldest go first
 * @param maxReplyBytes of all that are kept
 * @param keepFinished for which a finished instance is kept with all that belongs to it
 */
public record RetentionSettings(
    Duration duplicateWindow,
    long maxIdentities,
    Duration keepReplies,
    long maxReplies,
    long maxReplyBytes,
    Duration keepFinished) {

  /** A week of identities, an hour of replies, a month of instances. */
  public static final RetentionSettings DEFAULT =
      new RetentionSettings(
          Duration.ofDays(7),
          20_000_000,
          Duration.ofHours(1),
          100_000,
          256L * 1024 * 1024,
          Duration.ofDays(30));
}
