/**
 * Moves tokens: the same instance, input and time give the same step; no clock, no store, no
 * thread.
 */
@NullMarked
package dev.parley.engine;

import org.jspecify.annotations.NullMarked;
