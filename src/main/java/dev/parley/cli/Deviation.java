package dev.parley.cli;

/** The demo went another way than its script. */
final class Deviation extends Exception {
  private static final long serialVersionUID = 1L;

  private Deviation(String expected, String found) {
    super("Expected %s, but found %s.".formatted(expected, found));
  }

  static Deviation of(String expected, String found) {
    return new Deviation(expected, found);
  }

  static void unless(boolean asExpected, String expected, String found) throws Deviation {
    if (!asExpected) {
      throw new Deviation(expected, found);
    }
  }
}
