/** Small processes for tests, drawn in Java: a shop that takes orders and charges a bank. */
@NullMarked
package dev.parley.model;

import org.jspecify.annotations.NullMarked;
