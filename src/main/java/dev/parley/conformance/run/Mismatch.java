package dev.parley.conformance.run;

/** Something was expected, and something else was found. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  Mismatch(String expected, String actual) {
    super("expected %s, but found %s".formatted(expected, actual));
    this.expected = expected;
    this.actual = actual;
  }

  String expected() {
    return expected;
  }

  String actual() {
    return actual;
  }
}
