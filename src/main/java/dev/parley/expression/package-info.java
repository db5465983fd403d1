/** XPath 3.1 and XQuery 3.1, compiled at deployment, locked down; and the values they work on. */
@NullMarked
package dev.parley.expression;

import org.jspecify.annotations.NullMarked;
