package dev.parley.store;

import dev.parley.store.Rows.DeploymentRow;
import java.util.ArrayList;
import java.util.List;

/** A process version and the deployment that it is in. */
record Deployed(long deployment, String process, int definition, int version) {

  static List<Deployed> of(DeploymentRow row) {
    if (!row.definitions().keySet().equals(row.versions().keySet())) {
      throw new IllegalArgumentException(
          "Expected a definition and a version for each process, found %s and %s"
              .formatted(row.definitions().keySet(), row.versions().keySet()));
    }
    var processes = new ArrayList<Deployed>();
    row.versions()
        .forEach(
            (process, version) ->
                processes.add(
                    new Deployed(
                        row.id(), process, row.definitions().getOrDefault(process, 0), version)));
    return processes;
  }
}
