package dev.parley.deployment;

import dev.parley.bpmn.FlowNode.Timer;
import dev.parley.bpmn.Formal;
import dev.parley.deployment.Element.TimerRule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Timers: an ISO 8601 literal is checked now, anything else is an expression (clause 10.5.5). */
final class Timers {
  private static final Pattern LOOKS_LIKE_DURATION = Pattern.compile("[+-]?P[0-9T].*");
  private static final Pattern LOOKS_LIKE_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");

  private final Formulas formulas;

  Timers(Formulas formulas) {
    this.formulas = formulas;
  }

  Optional<TimerRule> compile(Timer timer, String element) {
    boolean isDuration = timer.kind() == Timer.Kind.DURATION;
    var formal = timer.expression();
    var text = formal.text();
    if (!LOOKS_LIKE_DURATION.matcher(text).matches() && !LOOKS_LIKE_DATE.matcher(text).matches()) {
      return formulas.compile(formal, element).map(e -> new TimerRule(isDuration, e));
    }
    if (isDuration ? isDuration(text) : isDateTime(text)) {
      return formulas.literal(formal, element).map(e -> new TimerRule(isDuration, e));
    }
    return refuse(formal, isDuration, element);
  }

  private Optional<TimerRule> refuse(Formal formal, boolean isDuration, String element) {
    formulas.refuse(
        formal,
        element,
        Rule.TIMER,
        "Expected %s, but found '%s'."
            .formatted(
                isDuration
                    ? "timeDuration to be a duration of days, hours, minutes and seconds such as"
                        + " P1DT2H"
                    : "timeDate to be a date, time and zone such as 2030-01-31T08:00:00Z",
                formal.text()),
        isDuration
            ? "Write months and years as days; for a point in time use timeDate."
            : "Add what is missing; for a span of time use timeDuration.");
    return Optional.empty();
  }

  private static boolean isDuration(String text) {
    try {
      return !Duration.parse(text).isNegative();
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    try {
      return OffsetDateTime.parse(text).getYear() > 0;
    } catch (DateTimeException _) {
      return false;
    }
  }
}
