package dev.parley.simulation;

import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Store;
import dev.parley.turn.Alarm;
import dev.parley.turn.Deployments;
import dev.parley.turn.LookAround;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.util.function.Consumer;

/** What runs on one boot of a gateway: loaded from the store, and deployed over it. */
final class SimulatedRollout {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final World world;
  private final SimulatedGateway gateway;
  private final Store store;
  private Deployments deployments;
  private int looks;
  private boolean deploying;

  SimulatedRollout(World world, SimulatedGateway gateway, Store store) {
    this.world = world;
    this.gateway = gateway;
    this.store = store;
    this.deployments = Models.deployments(store.deployments());
  }

  Deployments deployments() {
    return deployments;
  }

  /** Whether messages that wait are being looked at. */
  boolean isLooking() {
    return looks > 0;
  }

  void deploy(Model model, Consumer<Boolean> outcome) {
    var stored = store.deployments();
    boolean same =
        stored.stream()
            .filter(d -> d.bundle().equals(model.bundle()))
            .reduce((_, newest) -> newest)
            .filter(model::isIn)
            .isPresent();
    if (same) {
      outcome.accept(true);
      return;
    }
    if (deploying) {
      outcome.accept(false);
      return;
    }
    deploying = true;
    submit(model, model.row(gateway.nextId().value(), stored), outcome);
  }

  private void submit(Model model, DeploymentRow row, Consumer<Boolean> outcome) {
    world.trace().add("deploys %s/%d".formatted(model.bundle(), model.edition()));
    looks++;
    gateway.submit(
        new TurnInput.Deploy(row),
        answer -> {
          boolean done = !Alarm.isUnavailable(answer);
          if (done) {
            deployments = deployments.with(model.versions(row));
            look();
          }
          looks--;
          deploying = false;
          outcome.accept(done);
        });
  }

  /** What others have deployed runs here too. */
  void follow() {
    for (var row : store.deployments()) {
      if (row.definitions().values().stream().anyMatch(d -> !deployments.has(d))) {
        gateway.met("deployment followed");
        deployments = deployments.with(Models.of(row).versions(row));
      }
    }
  }

  /** Everything that waits is looked at, until it has been. */
  void look() {
    looks++;
    var _ =
        new LookAround(store, gateway::submit)
            .begin()
            .thenAccept(
                whole -> {
                  if (whole) {
                    looks--;
                  } else {
                    gateway.in(AGAIN, this::lookAgain);
                  }
                });
  }

  private void lookAgain() {
    look();
    looks--;
  }
}
