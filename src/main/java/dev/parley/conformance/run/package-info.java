/** Plays conformance cases: virtual time, scripted partners, a gateway that may die. */
@NullMarked
package dev.parley.conformance.run;

import org.jspecify.annotations.NullMarked;
