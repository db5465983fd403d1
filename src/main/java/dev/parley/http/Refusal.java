package dev.parley.http;

/** Ends a request with a problem. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  static Refusal of(int status, String title, String detail) {
    return new Refusal(Problem.of(status, title, detail));
  }

  Problem problem() {
    return problem;
  }
}
