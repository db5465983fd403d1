/** What survives a crash: one commit per batch, through SQL. */
@NullMarked
package dev.parley.store;

import org.jspecify.annotations.NullMarked;
