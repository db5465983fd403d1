package dev.parley.engine;

import dev.parley.deployment.Loop;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.engine.ProcessInstance.Waiting.ForRounds;
import dev.parley.expression.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Activities that are done several times (BPMN 2.0.2, clauses 13.3.6 and 13.3.7). */
final class Loops {
  /** More instances at once than this are a mistake in the data. */
  static final int MOST_INSTANCES = 10_000;

  private Loops() {}

  static void begin(Execution execution, Place place, Loop loop) {
    int total = loop instanceof Loop.MultiInstance multi ? total(execution, place, multi) : -1;
    int id = execution.await(place, () -> new ForRounds(total, 0, 0));
    if (total == 0) {
      finish(execution, token(execution, id), loop);
      return;
    }
    boolean parallel = loop instanceof Loop.MultiInstance multi && !multi.isSequential();
    execution.allowFor(Math.max(total, 0));
    var items = items(execution, place.scope(), loop);
    execution.orCancel(
        id,
        () -> {
          for (int i = 0; i < (parallel ? total : 1); i++) {
            open(execution, token(execution, id), loop, items);
          }
        });
  }

  /** What a loop goes through; nothing where it does not go through a collection. */
  private static List<Value> items(Execution execution, int scope, Loop loop) {
    return loop instanceof Loop.MultiInstance multi && multi.input() != Loop.NONE
        ? collection(execution, scope, multi)
        : List.of();
  }

  private static Token token(Execution execution, int id) {
    return execution.state().token(id).orElseThrow();
  }

  private static int total(Execution execution, Place place, Loop.MultiInstance loop) {
    var cardinality = loop.cardinality();
    int total =
        cardinality == null
            ? collection(execution, place.scope(), loop).size()
            : execution.computed(
                () -> execution.evaluate(cardinality, place.scope(), null).asInteger());
    if (total < 0 || total > MOST_INSTANCES) {
      throw new BpmnError(
          BpmnError.EXPRESSION_FAILED,
          "Expected 0 to %d instances of '%s', found %d"
              .formatted(MOST_INSTANCES, place.id(), total));
    }
    return total;
  }

  private static List<Value> collection(Execution execution, int scope, Loop.MultiInstance loop) {
    var value = execution.data().get(scope, loop.input());
    return value == null ? List.of() : execution.computed(value::split);
  }

  /** One round begins, unless a condition that is tested before does not hold. */
  private static void open(Execution execution, Token token, Loop loop, List<Value> items) {
    var rounds = (ForRounds) token.waiting();
    int round = rounds.begun() + 1;
    execution.state().put(with(token, new ForRounds(rounds.total(), round, rounds.ended())));
    var scope = SubProcesses.open(execution, loop.scope(), token.scope(), token.id(), round);
    if (loop instanceof Loop.MultiInstance multi && multi.inputItem() != Loop.NONE) {
      scope.set(multi.inputItem(), item(multi, round, items));
    }
    if (loop instanceof Loop.Standard standard
        && standard.testBefore()
        && !execution.holds(standard.condition(), scope.id())) {
      execution.state().remove(scope);
      finish(execution, execution.state().token(token.id()).orElseThrow(), loop);
      return;
    }
    execution.goInside(new Place(scope.id(), execution.place(token).node()));
  }

  private static Value item(Loop.MultiInstance loop, int round, List<Value> items) {
    if (loop.input() == Loop.NONE) {
      return Value.integer(round);
    }
    if (round > items.size()) {
      throw new BpmnError(
          BpmnError.EXPRESSION_FAILED,
          "Expected an item for instance %d, but the collection has become %d long"
              .formatted(round, items.size()));
    }
    return items.get(round - 1);
  }

  private static Token with(Token token, Waiting waiting) {
    return new Token(token.id(), token.scope(), token.node(), waiting);
  }

  /** A round has ended: the next one begins, or all are done. */
  static void ended(Execution execution, LiveScope round, Token token) {
    var place = execution.place(token);
    var loop = Objects.requireNonNull(place.node().loop());
    var rounds = (ForRounds) token.waiting();
    var now = with(token, new ForRounds(rounds.total(), rounds.begun(), rounds.ended() + 1));
    execution.state().put(now);
    try {
      boolean done = isDone(execution, round, now, loop);
      keepOrRemove(execution, round, loop);
      if (done) {
        finish(execution, now, loop);
      } else if (!(loop instanceof Loop.MultiInstance multi) || multi.isSequential()) {
        open(execution, now, loop, items(execution, now.scope(), loop));
      }
    } catch (BpmnError error) {
      Cancelling.cancel(execution, now);
      Failing.raise(execution, place, error);
    }
  }

  private static boolean isDone(Execution execution, LiveScope round, Token token, Loop loop) {
    var rounds = (ForRounds) token.waiting();
    return switch (loop) {
      case Loop.Standard standard ->
          (standard.maximum() != Loop.NONE && rounds.ended() >= standard.maximum())
              || (!standard.testBefore() && !execution.holds(standard.condition(), round.id()));
      case Loop.MultiInstance multi ->
          rounds.ended() == rounds.total()
              || (multi.completion() != null && execution.holds(multi.completion(), round.id()));
    };
  }

  private static void keepOrRemove(Execution execution, LiveScope round, Loop loop) {
    if (loop instanceof Loop.MultiInstance multi && multi.output() != Loop.NONE) {
      round.state(Scope.State.ENDED);
      execution.state().disarm(round.id());
    } else {
      execution.state().remove(round);
    }
  }

  /** What the rounds leave is collected in their order; rounds that still run are given up. */
  private static void finish(Execution execution, Token token, Loop loop) {
    if (loop instanceof Loop.MultiInstance multi && multi.output() != Loop.NONE) {
      var left = new ArrayList<Value>();
      execution.state().scopes().stream()
          .filter(s -> s.owner() == token.id() && s.state() == Scope.State.ENDED)
          .sorted(Comparator.comparing(LiveScope::round))
          .map(s -> s.items().getOrDefault(multi.outputItem(), Value.EMPTY))
          .forEach(left::add);
      execution
          .data()
          .set(token.scope(), multi.output(), execution.computed(() -> Value.join(left)));
    }
    Cancelling.cancel(execution, token);
    execution.leave(execution.place(token));
  }

  /** What a round knows of itself and of its loop (table 10.30); empty for any other name. */
  static Optional<Value> attribute(Execution execution, LiveScope round, String name) {
    if (name.equals("loopCounter")) {
      return Optional.of(Value.integer(round.round()));
    }
    return execution
        .state()
        .token(round.owner())
        .map(Token::waiting)
        .filter(ForRounds.class::isInstance)
        .map(ForRounds.class::cast)
        .flatMap(rounds -> number(rounds, name))
        .map(Value::integer);
  }

  private static Optional<Long> number(ForRounds rounds, String name) {
    return switch (name) {
      case "numberOfInstances" -> Optional.of((long) Math.max(rounds.total(), rounds.begun()));
      case "numberOfActiveInstances" -> Optional.of((long) rounds.begun() - rounds.ended());
      case "numberOfCompletedInstances" -> Optional.of((long) rounds.ended());
      default -> Optional.empty();
    };
  }
}
