/** CXF in and out: envelope to message and back, faults, waiting callers. */
@NullMarked
package dev.parley.soap;

import org.jspecify.annotations.NullMarked;
