package dev.parley.deployment;

import dev.parley.finding.Finding;
import java.util.List;

/** What the literature advises about a process that runs as it is; docs/modelling.md. */
public final class Advice {
  private Advice() {}

  /** By file, line and column. */
  public static List<Finding> of(ExecutableProcess process) {
    var findings = new Findings();
    var paths = new Paths(process);
    new ShapeAdvice(process, findings).give();
    new WaitAdvice(process, paths, findings).give();
    new ReplyAdvice(process, paths, findings).give();
    new KeyAdvice(process, paths, findings).give();
    return findings.sorted();
  }
}
