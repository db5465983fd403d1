/** Removes what nothing can need again: a little at a time, beside the turns. */
@NullMarked
package dev.parley.retention;

import org.jspecify.annotations.NullMarked;
