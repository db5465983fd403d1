package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Timer events (BPMN 2.0.2, clause 10.5.5): ISO 8601 date-times and durations. */
final class Timing {
  private static final Pattern CYCLE = Pattern.compile("R([0-9]{0,9})/(?:([^/]+)/)?(P[^/]+)");

  private Timing() {}

  /** A timer that starts now. */
  static ArmedTimer armed(
      Execution execution, int scope, int owner, Node event, Trigger.Timer timer) {
    String text = text(execution, scope, timer);
    var now = execution.moment().now();
    int id = execution.state().nextNumber();
    return parsed(
        timer,
        text,
        () ->
            switch (timer.kind()) {
              case DATE -> new ArmedTimer(id, owner, event.index(), kept(dateTime(text)), 0);
              case DURATION -> new ArmedTimer(id, owner, event.index(), kept(plus(now, text)), 0);
              case CYCLE -> {
                var cycle = cycle(text);
                var first = cycle.start().orElseGet(() -> plus(now, cycle.every()));
                yield new ArmedTimer(id, owner, event.index(), kept(first), cycle.left());
              }
            });
  }

  /** A timer is due: it is armed again where it repeats. */
  static void fire(Execution execution, ArmedTimer timer) {
    var event = execution.process().node(timer.node());
    execution.state().timers().remove(timer);
    if (event.element() instanceof Element.ServiceTask) {
      Callbacks.overdue(execution, timer);
      return;
    }
    try {
      repeat(execution, timer, event);
    } catch (BpmnError error) {
      int scope = Events.scopeOf(execution, timer.owner());
      Failing.raise(execution, new Place(scope, event), error);
      return;
    }
    Events.happen(execution, timer.owner(), event, _ -> {});
  }

  /** Repetitions that were missed are not made up for: the next one is an interval from now. */
  private static void repeat(Execution execution, ArmedTimer timer, Node event) {
    if (timer.left() != 0
        && event.element().trigger() instanceof Trigger.Timer rule
        && rule.kind() == Trigger.Timer.Kind.CYCLE) {
      var state = execution.state();
      int scope = Events.scopeOf(execution, timer.owner());
      String text = text(execution, scope, rule);
      var next = parsed(rule, text, () -> kept(next(execution, timer.dueAt(), text)));
      int left = timer.left() < 0 ? timer.left() : timer.left() - 1;
      int id = state.nextNumber();
      state.timers().add(new ArmedTimer(id, timer.owner(), timer.node(), next, left));
    }
  }

  private static Instant next(Execution execution, Instant last, String text) {
    var now = execution.moment().now();
    var every = cycle(text).every();
    if (!plus(now, every).isAfter(now)) {
      throw new DateTimeException("An interval of nothing");
    }
    var next = plus(last, every);
    return next.isAfter(now) ? next : plus(now, every);
  }

  private static String text(Execution execution, int scope, Trigger.Timer timer) {
    return execution.computed(
        () -> execution.evaluate(timer.expression(), scope, null).asText().strip());
  }

  private static <T> T parsed(Trigger.Timer timer, String text, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DateTimeException | ArithmeticException e) {
      var expected =
          switch (timer.kind()) {
            case DATE -> "date-time";
            case DURATION -> "duration such as PT5M";
            case CYCLE -> "repeating interval such as R3/PT5M";
          };
      throw new BpmnError(
          BpmnError.EXPRESSION_FAILED,
          "Expected an ISO 8601 %s, found '%s'".formatted(expected, text));
    }
  }

  /** To the millisecond, as the store keeps it; throws where it could not keep it. */
  private static Instant kept(Instant due) {
    return Instant.ofEpochMilli(due.toEpochMilli());
  }

  /**
   * A repeating interval.
   *
   * @param left how often after the first time; -1: for ever
   */
  private record Cycle(int left, Optional<Instant> start, String every) {}

  private static Cycle cycle(String text) {
    var cycle = CYCLE.matcher(text);
    if (!cycle.matches()) {
      throw new DateTimeException("No repeating interval");
    }
    int left = cycle.group(1).isEmpty() ? -1 : Math.max(0, Integer.parseInt(cycle.group(1)) - 1);
    var start = Optional.ofNullable(cycle.group(2)).map(Timing::dateTime);
    return new Cycle(left, start, cycle.group(3));
  }

  /** Years, months and days are those of the calendar in UTC. */
  static Instant plus(Instant now, String duration) {
    int time = duration.indexOf('T');
    String days = time < 0 ? duration : duration.substring(0, time);
    var result = ZonedDateTime.ofInstant(now, ZoneOffset.UTC);
    if (days.length() > 1) {
      result = result.plus(Period.parse(days));
    } else if (time < 0 || !days.equals("P")) {
      throw new DateTimeException("No duration");
    }
    if (time >= 0) {
      result = result.plus(Duration.parse("P" + duration.substring(time)));
    }
    return result.toInstant();
  }

  /** Without a zone it is in UTC. */
  private static Instant dateTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }
}
