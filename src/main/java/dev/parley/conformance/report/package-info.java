/** What came of conformance cases, for people and for machines. */
@NullMarked
package dev.parley.conformance.report;

import org.jspecify.annotations.NullMarked;
