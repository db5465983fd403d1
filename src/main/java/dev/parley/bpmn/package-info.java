/** BPMN 2.0 XML becomes process definitions with a sealed kind for each executed element. */
@NullMarked
package dev.parley.bpmn;

import org.jspecify.annotations.NullMarked;
