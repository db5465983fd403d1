/**
 * What crosses every border: messages, their exchanges and faults; immutable, no third-party types.
 */
@NullMarked
package dev.parley.message;

import org.jspecify.annotations.NullMarked;
