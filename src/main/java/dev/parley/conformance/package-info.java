/** What proves the gateway: fail points, and the audit of a gateway that is killed. */
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
