/** The gateway without threads, clock and wire, under everything that can go wrong. */
@NullMarked
package dev.parley.simulation;

import org.jspecify.annotations.NullMarked;
