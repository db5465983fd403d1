package dev.parley.cli;

/** One thing that the demo shows; how, is its narrator's business. */
sealed interface Scene {

  /** The curtain rises. */
  record Began(String title, String cast) implements Scene {}

  /**
   * A step begins.
   *
   * @param seconds since the demo began
   * @param explanation one sentence in the words of WSDL and BPMN
   */
  record Step(int number, double seconds, String title, String explanation) implements Scene {}

  /**
   * Somebody says something to somebody else.
   *
   * @param what operation or answer
   * @param detail what identifies it, or its HTTP status
   * @param xml its body, shortened; empty when it has none
   */
  record Said(String from, String to, String what, String detail, String xml) implements Scene {}

  /** Something happened to somebody. */
  record Happened(String who, String what) implements Scene {}

  /** What the books say when all is over. */
  record Audited(String question, String expected, String found) implements Scene {
    boolean isRight() {
      return expected.equals(found);
    }
  }

  /** The end. */
  record Ended(double seconds, String summary, String next) implements Scene {}
}
