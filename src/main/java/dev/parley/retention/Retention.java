package dev.parley.retention;

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
public record Retention(
    Duration duplicateWindow,
    long maxIdentities,
    Duration keepReplies,
    long maxReplies,
    long maxReplyBytes,
    Duration keepFinished) {}
