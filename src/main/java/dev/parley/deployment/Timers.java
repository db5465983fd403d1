package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import dev.parley.bpmn.TriggerDefinition;
import dev.parley.deployment.Trigger.Timer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Timers: an ISO 8601 literal is checked now, anything else is an expression (clause 10.5.5). */
final class Timers {
  private static final Pattern LOOKS_LIKE_DURATION = Pattern.compile("[+-]?P[0-9T].*");
  private static final Pattern LOOKS_LIKE_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");
  private static final Pattern LOOKS_LIKE_CYCLE = Pattern.compile("R[0-9]*/.*");
  private static final Pattern CYCLE = Pattern.compile("R([0-9]{0,9})/(?:([^/]+)/)?(P[^/]+)");

  private final Formulas formulas;

  Timers(Formulas formulas) {
    this.formulas = formulas;
  }

  Optional<Timer> compile(TriggerDefinition.Timer timer, String element) {
    var kind = Timer.Kind.valueOf(timer.kind().name());
    var formal = timer.expression();
    var text = formal.text();
    if (!isLiteral(text)) {
      return formulas.compile(formal, element).map(e -> new Timer(kind, e));
    }
    if (isRight(kind, text)) {
      return formulas.literal(formal, element).map(e -> new Timer(kind, e));
    }
    return refuse(formal, kind, element);
  }

  private static boolean isLiteral(String text) {
    return LOOKS_LIKE_DURATION.matcher(text).matches()
        || LOOKS_LIKE_DATE.matcher(text).matches()
        || LOOKS_LIKE_CYCLE.matcher(text).matches();
  }

  private static boolean isRight(Timer.Kind kind, String text) {
    return switch (kind) {
      case DATE -> isDateTime(text);
      case DURATION -> isDuration(text);
      case CYCLE -> isCycle(text);
    };
  }

  private Optional<Timer> refuse(Formal formal, Timer.Kind kind, String element) {
    var expected =
        switch (kind) {
          case DATE -> "timeDate to be a date, time and zone such as 2030-01-31T08:00:00Z";
          case DURATION ->
              "timeDuration to be a duration of days, hours, minutes and seconds such as P1DT2H";
          case CYCLE -> "timeCycle to be a repeating interval such as R3/PT10M";
        };
    var remedy =
        switch (kind) {
          case DATE -> "Add what is missing; for a span of time use timeDuration.";
          case DURATION -> "Write months and years as days; for a point in time use timeDate.";
          case CYCLE -> "Write R, how often (nothing: for ever), a slash and a duration.";
        };
    formulas.refuse(
        formal,
        element,
        Rule.TIMER,
        "Expected %s, but found '%s'.".formatted(expected, formal.text()),
        remedy);
    return Optional.empty();
  }

  private static boolean isCycle(String text) {
    var cycle = CYCLE.matcher(text);
    return cycle.matches()
        && (cycle.group(2) == null || isDateTime(cycle.group(2)))
        && isDuration(cycle.group(3))
        && !Duration.parse(cycle.group(3)).isZero();
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
