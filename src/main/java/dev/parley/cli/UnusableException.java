package dev.parley.cli;

/**
 * What the user gave cannot be used; the message says what was expected, what was found and what to
 * do.
 */
final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableException(String message) {
    super(message);
  }
}
