package dev.parley.finding;

import java.util.List;
import java.util.stream.Collectors;

/** A file or bundle was refused; carries every finding at once. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public RefusedException(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = findings.stream().sorted().toList();
  }

  /** By file and line; at least one is an error. */
  public List<Finding> findings() {
    return findings;
  }
}
