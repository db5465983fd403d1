package dev.parley.deployment;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.util.Map;
import java.util.Optional;

/**
 * Queue policies as the configuration gives them: by the names that a model's attributes have. They
 * are what holds where neither receive nor process says otherwise.
 */
public final class QueueSettings {
  private static final Location NOWHERE = Location.of("configuration");

  private QueueSettings() {}

  /** What is wrong with a setting's value; empty where it can be read. */
  public static Optional<String> problem(String name, String value) {
    var findings = new Findings();
    read(Map.of(name, value), findings);
    return findings.sorted().stream().map(Finding::problem).findFirst();
  }

  /** Values without a problem. */
  public static QueuePolicy read(Map<String, String> settings) {
    return read(settings, new Findings());
  }

  private static QueuePolicy read(Map<String, String> settings, Findings findings) {
    var reader = new SettingsReader(settings, "queue", NOWHERE, findings);
    return QueueAttributes.read(QueuePolicy.DEFAULT, reader, Map.of());
  }
}
