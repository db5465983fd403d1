/** Measures the gateway beside a bare CXF endpoint. */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
