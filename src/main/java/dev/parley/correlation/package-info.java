/** Correlation keys and what becomes of a message: matched, instantiating, queued, refused. */
@NullMarked
package dev.parley.correlation;

import org.jspecify.annotations.NullMarked;
