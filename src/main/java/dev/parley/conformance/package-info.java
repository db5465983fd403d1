/** What proves the gateway: fail points, and the simulation of everything that can go wrong. */
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
