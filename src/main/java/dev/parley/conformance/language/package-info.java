/** The language of conformance cases: what a case file says, read with every mistake's place. */
@NullMarked
package dev.parley.conformance.language;

import org.jspecify.annotations.NullMarked;
