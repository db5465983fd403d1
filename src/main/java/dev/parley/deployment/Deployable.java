package dev.parley.deployment;

import dev.parley.finding.Finding;
import java.util.List;

/** A bundle that passed every check. */
public record Deployable(Bundle bundle, List<ExecutableProcess> processes, List<Finding> warnings) {
  public Deployable {
    processes = List.copyOf(processes);
    warnings = List.copyOf(warnings);
  }
}
