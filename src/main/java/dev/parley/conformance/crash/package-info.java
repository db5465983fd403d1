/** Kills the real gateway under load, starts it again, and audits what became of each message. */
@NullMarked
package dev.parley.conformance.crash;

import org.jspecify.annotations.NullMarked;
