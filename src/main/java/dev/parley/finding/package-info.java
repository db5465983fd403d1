/** What a reader found wrong: where, what was expected, what was found, what to do. */
@NullMarked
package dev.parley.finding;

import org.jspecify.annotations.NullMarked;
