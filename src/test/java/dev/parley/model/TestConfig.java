package dev.parley.model;

import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A gateway's settings for tests: embedded, on loopback, at a port that is free. */
public final class TestConfig {
  private TestConfig() {}

  /** With everything durable in a folder, and messages of so many bytes at most. */
  public static Config in(Path data, int maxMessageBytes) {
    return new Config(
        "127.0.0.1",
        0,
        data,
        StoreSettings.EMBEDDED,
        null,
        maxMessageBytes,
        true,
        Duration.ofSeconds(30),
        List.of(),
        Map.of());
  }
}
