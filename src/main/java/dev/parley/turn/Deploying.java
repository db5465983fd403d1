package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.store.Rows.DeploymentRow;

/** Something is deployed, under numbers that were chosen by what was deployed then. */
final class Deploying {
  private Deploying() {}

  /** Refuses numbers that another gateway has used meanwhile. */
  static Answer decide(Journey journey, DeploymentRow row) {
    var deployments = journey.deployments();
    if (row.definitions().values().stream().anyMatch(deployments::has)) {
      return Answer.refused(
          FaultKind.UNAVAILABLE,
          "Another gateway has deployed something at the same moment",
          "Deploy it once more.");
    }
    journey.work().deploy(row);
    return Answer.ACCEPTED;
  }
}
