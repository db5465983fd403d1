/** The HTTP server that SOAP and REST are mounted on. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
