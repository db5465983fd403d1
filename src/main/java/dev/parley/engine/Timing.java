package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.Element.TimerRule;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Timer events (BPMN 2.0.2, clause 10.5.5): ISO 8601 date-times and durations. */
final class Timing {
  private Timing() {}

  static void await(Execution execution, Node node, TimerRule rule) {
    var due = dueAt(execution, rule);
    int token = execution.await(node, Waiting.ForTimer::new);
    execution.arm(new ArmedTimer(execution.nextNumber(), token, node.index(), due));
  }

  static void fire(Execution execution, ArmedTimer timer) {
    var node = execution.process().node(timer.node());
    var token =
        execution.tokens().stream().filter(t -> t.id() == timer.token()).findFirst().orElseThrow();
    execution.trace(node);
    if (node.element() instanceof Element.BoundaryTimerEvent event && !event.cancelActivity()) {
      execution.remove(timer);
    } else {
      cancel(execution, token);
    }
    execution.leave(node);
  }

  /** A token gives up what it waits for. */
  private static void cancel(Execution execution, Token token) {
    var sent = Engine.awaited(token);
    if (!sent.equals(Engine.NONE)) {
      execution.emit(new Effect.Withdraw(sent));
    }
    execution.remove(token);
  }

  /** When a timer that starts now is due, to the millisecond, as the store keeps it. */
  static Instant dueAt(Execution execution, TimerRule rule) {
    String text =
        execution.computed(() -> execution.evaluate(rule.expression(), null).asText().strip());
    var now = execution.moment().now();
    try {
      var due = rule.isDuration() ? plus(now, text) : dateTime(text);
      // Throws where the store could not keep it.
      return Instant.ofEpochMilli(due.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new BpmnError(
          BpmnError.EXPRESSION_FAILED,
          "Expected an ISO 8601 %s, found '%s'"
              .formatted(rule.isDuration() ? "duration such as PT5M" : "date-time", text));
    }
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
