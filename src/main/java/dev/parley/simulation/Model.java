package dev.parley.simulation;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Blob;
import dev.parley.message.Digest;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.turn.ProcessVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A bundle, compiled.
 *
 * @param edition 0 is the one that runs first, others are deployed over it
 * @param prefix what stands in front of the values that its keys have in a message
 */
record Model(String bundle, int edition, String prefix, List<ExecutableProcess> processes) {

  private String name() {
    return bundle + "/" + edition;
  }

  /**
   * What its deployment leaves in the store, as the gateway makes it.
   *
   * @param stored what the store has already
   */
  DeploymentRow row(long id, List<DeploymentRow> stored) {
    int generation = stored.stream().mapToInt(DeploymentRow::generation).max().orElse(0) + 1;
    int definition =
        stored.stream()
            .flatMap(d -> d.definitions().values().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    var definitions = new TreeMap<String, Integer>();
    var versions = new TreeMap<String, Integer>();
    for (var process : processes) {
      definitions.put(process.key(), ++definition);
      int version =
          stored.stream()
              .mapToInt(d -> d.versions().getOrDefault(process.key(), 0))
              .max()
              .orElse(0);
      versions.put(process.key(), version + 1);
    }
    var archive = Blob.of(name().getBytes(StandardCharsets.UTF_8));
    return new DeploymentRow(
        id, generation, bundle, Digest.of(name()), definitions, versions, archive);
  }

  boolean isIn(DeploymentRow row) {
    return row.content().equals(Digest.of(name()));
  }

  /** Its processes as this deployment numbers them. */
  List<ProcessVersion> versions(DeploymentRow row) {
    return processes.stream()
        .map(
            p ->
                new ProcessVersion(
                    Objects.requireNonNull(row.definitions().get(p.key())),
                    Objects.requireNonNull(row.versions().get(p.key())),
                    p))
        .toList();
  }
}
