/** Outbox relay, retries and incidents: what was committed reaches partners. */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
