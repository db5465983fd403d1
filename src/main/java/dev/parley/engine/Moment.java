package dev.parley.engine;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time of a step and where the ids of the messages it sends come from: arguments, so that a
 * step can be replayed.
 */
public record Moment(Instant now, LongSupplier ids) {}
