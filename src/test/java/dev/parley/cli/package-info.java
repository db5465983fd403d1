/** The command line, in process. */
@NullMarked
package dev.parley.cli;

import org.jspecify.annotations.NullMarked;
