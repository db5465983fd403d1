/**
 * WSDL 1.1 becomes interfaces, operations and patterns; the only package that knows a WSDL parser.
 */
@NullMarked
package dev.parley.wsdl;

import org.jspecify.annotations.NullMarked;
