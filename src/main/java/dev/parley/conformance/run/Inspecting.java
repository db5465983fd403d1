package dev.parley.conformance.run;

import dev.parley.conformance.language.Step;
import dev.parley.conformance.language.Xml;
import dev.parley.expression.Value;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.MessageRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds what the gateway's store says against what a case expects. */
final class Inspecting {
  private final Stage stage;
  private final Insight insight;

  Inspecting(Stage stage, Insight insight) {
    this.stage = stage;
    this.insight = insight;
  }

  void inspect(Step.Inspection step) {
    switch (step) {
      case Step.Instance instance -> instance(instance);
      case Step.Instances(var _, var process, var state, int count) ->
          instances(process, state, count);
      case Step.Queue queue -> queue(queue);
      case Step.DeadLetter dead -> dead(dead);
    }
  }

  private void instance(Step.Instance step) {
    String what = shown(step);
    var all = insight.instances();
    var taken = step.of().map(of -> taker(of, what));
    var found =
        all.stream()
            .filter(i -> taken.map(i.id()::equals).orElse(true))
            .filter(i -> step.process().map(i.process()::equals).orElse(true))
            .filter(i -> step.key().map(k -> has(i, k)).orElse(true))
            .toList();
    var fitting =
        found.stream()
            .filter(i -> step.state().map(i.state()::equals).orElse(true))
            .filter(i -> step.waitingAt().map(ids -> waitsAt(i, ids)).orElse(true))
            .toList();
    if (fitting.size() != 1) {
      throw new Mismatch(what, shown(found.isEmpty() ? all : found));
    }
    var instance = fitting.getFirst();
    step.data().forEach((name, datum) -> data(instance, name, datum));
    stage.knownInstances.add(instance.id());
  }

  /** The instance that took a message; what: to be told where none did. */
  InstanceId taker(String of, String what) {
    return stage
        .sent(of)
        .message()
        .flatMap(insight::message)
        .flatMap(m -> Optional.ofNullable(m.instance()))
        .orElseThrow(() -> new Mismatch(what, "that no instance took '" + of + "'"));
  }

  private boolean has(Insight.Seen instance, String key) {
    int equals = key.indexOf('=');
    String value = instance.keys().get(key.substring(0, equals));
    return value != null
        && stage.bindings.fill(key.substring(equals + 1), Optional.empty()).equals(value);
  }

  private static boolean waitsAt(Insight.Seen instance, List<String> ids) {
    return instance.isLive() && instance.waitingAt().equals(ids.stream().sorted().toList());
  }

  private void data(Insight.Seen instance, String name, Step.Datum expected) {
    String what = "data item '%s'".formatted(name);
    var value = instance.data().get(name);
    if (value == null || value.isEmpty()) {
      throw new Mismatch(what, "that it is not set; set are " + instance.data().keySet());
    }
    if (expected.element().isEmpty()) {
      if (!stage.bindings.matches(expected.text(), value.asText())) {
        throw new Mismatch(what + " = " + expected.text(), value.asText());
      }
      return;
    }
    var actual = xml(value);
    var difference =
        actual.isEmpty()
            ? Optional.of("no element: " + value)
            : Comparison.difference(expected.element().get(), actual.get(), stage.bindings);
    difference.ifPresent(
        d -> {
          throw new Mismatch(what + "\n" + expected.element().get().indented(), d);
        });
  }

  private static Optional<Xml> xml(Value value) {
    return Xml.parse(value.asBody().bytes());
  }

  private void instances(Optional<String> process, Optional<String> state, int count) {
    var all = insight.instances();
    var found =
        all.stream()
            .filter(i -> process.map(i.process()::equals).orElse(true))
            .filter(i -> state.map(i.state()::equals).orElse(true))
            .toList();
    if (found.size() != count) {
      throw new Mismatch(
          "%d %s instances%s"
              .formatted(count, state.orElse(""), process.map(p -> " of " + p).orElse("")),
          shown(all));
    }
    found.forEach(i -> stage.knownInstances.add(i.id()));
  }

  private void queue(Step.Queue step) {
    var all = insight.waiting();
    var found =
        all.stream()
            .filter(m -> step.of().map(of -> is(of, m.id())).orElse(true))
            .filter(m -> step.operation().map(Insight.operation(m)::equals).orElse(true))
            .toList();
    int count = step.count().orElse(1);
    if (found.size() != count) {
      throw new Mismatch(
          "%d waiting%s%s"
              .formatted(
                  count,
                  step.of().map(of -> " '" + of + "'").orElse(""),
                  step.operation().map(o -> " for " + o).orElse("")),
          all.isEmpty()
              ? "none"
              : all.stream().map(Insight::operation).collect(Collectors.joining(", ")));
    }
    found.forEach(m -> stage.knownQueued.add(m.id()));
  }

  private boolean is(String of, MessageId id) {
    return stage.sent(of).message().filter(id::equals).isPresent();
  }

  private void dead(Step.DeadLetter step) {
    var all = insight.dead();
    var found =
        all.stream()
            .filter(d -> step.of().map(of -> is(of, d.id())).orElse(true))
            .filter(d -> step.operation().map(d.operation()::equals).orElse(true))
            .filter(d -> step.reason().map(r -> isFor(d, r)).orElse(true))
            .toList();
    int count = step.count().orElse(1);
    if (found.size() != count) {
      throw new Mismatch(
          "%d dead letters%s%s%s"
              .formatted(
                  count,
                  step.of().map(of -> " '" + of + "'").orElse(""),
                  step.operation().map(o -> " of " + o).orElse(""),
                  step.reason().map(r -> " because of " + r).orElse("")),
          all.isEmpty() ? "none" : all.stream().map(d -> "\n" + d).collect(Collectors.joining()));
    }
    found.forEach(d -> stage.knownDead.add(d.id()));
  }

  private boolean isFor(Insight.Dead dead, String reason) {
    int colon = dead.reason().indexOf(": ");
    return stage.bindings.matches(reason, dead.reason())
        || (colon > 0 && stage.bindings.matches(reason, dead.reason().substring(0, colon)));
  }

  /** Nothing is left that no step has accounted for. */
  void nothingElse() {
    var live = insight.instances().stream().filter(Insight.Seen::isLive).toList();
    var left = live.stream().filter(i -> !stage.knownInstances.contains(i.id())).toList();
    none("no live instance that no step looked at", left.stream().map(Object::toString).toList());
    none(
        "no message waiting in the queue that no step looked at",
        insight.waiting().stream()
            .filter(m -> !stage.knownQueued.contains(m.id()))
            .map(MessageRow::message)
            .map(m -> m.operation().operation() + " " + m.body())
            .toList());
    none(
        "no dead letter that no step looked at",
        insight.dead().stream()
            .filter(d -> !stage.knownDead.contains(d.id()))
            .map(Insight.Dead::toString)
            .toList());
    var running = live.stream().map(Insight.Seen::id).collect(Collectors.toSet());
    none(
        "no message still to be sent by an instance that has ended",
        insight.orphans(stage.outbound(), running).stream()
            .map(o -> o.message().operation().operation())
            .toList());
  }

  private static void none(String expected, List<String> found) {
    if (!found.isEmpty()) {
      throw new Mismatch(expected, "\n" + String.join("\n", found));
    }
  }

  private static String shown(Step.Instance step) {
    return "one instance%s%s%s%s%s"
        .formatted(
            step.of().map(of -> " that took '" + of + "'").orElse(""),
            step.process().map(p -> " of " + p).orElse(""),
            step.key().map(k -> " with " + k).orElse(""),
            step.state().map(s -> ", " + s).orElse(""),
            step.waitingAt().map(ids -> ", waiting at " + String.join(" ", ids)).orElse(""));
  }

  private static String shown(List<Insight.Seen> instances) {
    return instances.isEmpty()
        ? "none"
        : instances.stream().map(i -> "\n" + i).collect(Collectors.joining());
  }
}
