/**
 * A bundle becomes runnable: tasks are joined to operations, everything is checked and compiled.
 */
@NullMarked
package dev.parley.deployment;

import org.jspecify.annotations.NullMarked;
