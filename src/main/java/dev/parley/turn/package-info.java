/** One input's journey: load, correlate, step, commit, release. */
@NullMarked
package dev.parley.turn;

import org.jspecify.annotations.NullMarked;
