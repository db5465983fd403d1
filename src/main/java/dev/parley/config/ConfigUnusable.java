package dev.parley.config;

/**
 * The configuration cannot be used; the message is one line: where, expected, found, what to do.
 */
public final class ConfigUnusable extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigUnusable(String message) {
    super(message);
  }
}
