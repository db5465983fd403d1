/**
 * The gateway between callers and services that stock CXF tooling generated from contracts in
 * {@code src/test/resources/interop}: nothing on the other side of the wire is ours.
 */
@NullMarked
package dev.parley.interop;

import org.jspecify.annotations.NullMarked;
