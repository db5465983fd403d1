package dev.parley.simulation;

/** A rule that must hold and did not. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;
  private final String about;

  Violation(String rule, Object about, String what) {
    super(what);
    this.rule = rule;
    this.about = about.toString();
  }

  String rule() {
    return rule;
  }

  /** Whom the lines of the trace that matter speak of. */
  String about() {
    return about;
  }
}
