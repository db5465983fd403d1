package dev.parley.conformance.run;

import dev.parley.conformance.language.Step;
import java.util.ArrayList;
import java.util.List;

/** Takes a case's steps, one after another; throws {@link Mismatch} at the first that fails. */
final class Player {
  private final Stage stage;
  private final Tested tested;
  private final Expecting expecting;
  private Step current;
  private boolean begun;

  Player(Stage stage, Tested tested, Step first) {
    this.stage = stage;
    this.tested = tested;
    this.expecting = new Expecting(stage, tested);
    this.current = first;
    stage.at(tested::base);
  }

  /** Where it is. */
  Step current() {
    return current;
  }

  /** All of them; at the end there must be nothing else. */
  void play(List<Step> steps) {
    for (var step : steps) {
      current = step;
      play(step);
    }
    nothingElse();
  }

  private void play(Step step) {
    switch (step) {
      case Step.Settings _ -> {}
      case Step.Deploy(var _, var bundle) -> {
        if (tested instanceof InProcess here && here.isUp()) {
          here.node().deploy(bundle);
          stage.diary.note("deployed " + bundle.getFileName());
        }
        stage.add(bundle);
      }
      case Step.Partner partner -> stage.partner(partner.name()).play(partner);
      default -> {
        start();
        act(step);
      }
    }
  }

  private void start() {
    if (!begun) {
      begun = true;
      stage.partners().forEach(MockPartner::open);
      tested.start(stage.bundles());
    }
  }

  private void act(Step step) {
    switch (step) {
      case Step.Traffic traffic -> send(List.of(traffic));
      case Step.Concurrently(var _, var traffic) -> send(traffic);
      case Step.ExpectMessage expected -> expecting.expect(expected);
      case Step.Expectation expected -> expecting.expect(expected);
      case Step.Inspection inspection -> inspecting().inspect(inspection);
      case Step.NothingElse _ -> nothingElse();
      case Step.Disconnect(var _, var of) -> disconnect(stage.sent(of));
      case Step.Suspension suspension -> suspend(suspension);
      case Step.Advance(var _, var by) -> {
        inside().node().advance(by);
        stage.diary.note("time has advanced by " + by);
      }
      case Step.Crash crash -> crash(crash);
      case Step.Restart _ -> {
        inside().node().restart();
        stage.diary.note("the gateway has restarted");
      }
      case Step.Settings _, Step.Deploy _, Step.Partner _ ->
          throw new IllegalStateException(step.toString());
    }
  }

  private void send(List<Step.Traffic> traffic) {
    var written = new ArrayList<Sent>();
    for (var step : traffic) {
      if (step instanceof Step.Complete complete) {
        tested.await(() -> stage.waits(complete));
      }
      written.add(stage.write(step));
    }
    written.forEach(stage::send);
    tested.settle();
  }

  private void disconnect(Sent sent) {
    sent.outcome()
        .ifPresent(
            o -> {
              throw new Mismatch(
                  "that the sender of '%s' waits still, to go away".formatted(sent.id()),
                  o.toString());
            });
    if (tested instanceof InProcess here) {
      sent.waiting().ifPresent(here.node()::forsake);
    }
    sent.hangUp();
    tested.await(() -> sent.outcome().isPresent());
    stage.diary.note("the sender of '%s' has gone away".formatted(sent.id()));
    sent.account();
  }

  private void suspend(Step.Suspension step) {
    var gateway = inside().node().gateway();
    var instance = inspecting().taker(step.of(), "an instance that can be suspended");
    if (step.ends()) {
      gateway.resume(instance);
    } else {
      gateway.suspend(instance);
    }
    tested.settle();
    stage.diary.note(
        "the instance that took '%s' %s"
            .formatted(step.of(), step.ends() ? "goes on" : "is suspended"));
  }

  private void crash(Step.Crash crash) {
    var node = inside().node();
    node.arm(crash.point(), crash.times());
    crash.during().forEach(this::act);
    if (!node.isDead()) {
      throw new Mismatch(
          "that the node dies at " + crash.point().orElse("once"),
          "that it was not reached %d times".formatted(crash.times()));
    }
    stage.diary.note("the node has died" + crash.point().map(p -> " at " + p).orElse(""));
    // A dead node's callers get nothing any more, whatever it does.
    for (var sent : stage.sent()) {
      if (sent.outcome().isEmpty()) {
        sent.tell(new Sent.Outcome.Broken("the node died"));
      }
    }
    node.restart();
    stage.diary.note("it has started again");
  }

  private InProcess inside() {
    if (tested instanceof InProcess inside) {
      return inside;
    }
    throw new IllegalStateException("Expected a gateway in this process");
  }

  private Inspecting inspecting() {
    return new Inspecting(stage, new Insight(inside().node().gateway()));
  }

  private void nothingElse() {
    tested.await(() -> false);
    var arrivals = stage.unexpected();
    if (!arrivals.isEmpty()) {
      throw new Mismatch(
          "no message at a partner that no step expected",
          arrivals.stream()
              .map(a -> "\n" + a.partner() + ": " + a.shown())
              .reduce("", String::concat));
    }
    for (var sent : stage.sent()) {
      if (!sent.isAccounted()) {
        throw new Mismatch(
            "nothing of '%s' that no step expected".formatted(sent.id()),
            sent.outcome().map(Object::toString).orElse("that its sender still waits"));
      }
    }
    if (tested instanceof InProcess here && here.isUp()) {
      inspecting().nothingElse();
    }
  }
}
