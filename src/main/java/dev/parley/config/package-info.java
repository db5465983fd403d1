/** A gateway's configuration: options, properties, variables, one YAML file. */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
