package dev.parley.conformance.run;

import dev.parley.conformance.language.Case;
import dev.parley.finding.Location;
import java.time.Duration;
import java.util.List;

/** What came of a case. */
public record CaseResult(Case played, Outcome outcome, Duration took) {

  /** Passed, failed, or not run. */
  public sealed interface Outcome {
    record Passed() implements Outcome {}

    /**
     * It failed.
     *
     * @param at the step
     * @param soFar what had happened, a line each
     */
    record Failed(Location at, String expected, String actual, List<String> soFar)
        implements Outcome {
      public Failed {
        soFar = List.copyOf(soFar);
      }

      /** In one line or more. */
      public String reason() {
        return "%s: expected %s, but found %s".formatted(at, expected, actual);
      }
    }

    record NotRun(String reason) implements Outcome {}
  }

  public boolean isPassed() {
    return outcome instanceof Outcome.Passed;
  }

  public boolean isFailed() {
    return outcome instanceof Outcome.Failed;
  }

  /** Empty where it passed. */
  public String reason() {
    return switch (outcome) {
      case Outcome.Passed _ -> "";
      case Outcome.Failed failed -> failed.reason();
      case Outcome.NotRun(var reason) -> reason;
    };
  }
}
