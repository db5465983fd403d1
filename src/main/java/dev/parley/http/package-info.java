/** REST: simple messages, starts of processes, health. */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
