package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Very many queued messages expire at once while others go to instances that wait: what that costs
 * those others, and how fast the collector is. The gateway is down until all of them are due.
 */
final class Expiry {
  private static final int CONNECTIONS = 16;
  private static final int FILLING = 64;
  private static final int ROUNDS = 5;
  private static final Duration LEAD = Duration.ofMillis(250);

  private final Options options;
  private final Processes processes;
  private final Progress progress;

  Expiry(Options options, Processes processes, Progress progress) {
    this.options = options;
    this.processes = processes;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param after when nothing was left, in the same gateway: as warm as during
   * @param perSecond messages collected
   * @param memory bytes of the gateway's heap, when they were due
   */
  record Outcome(int messages, Window during, Window after, double perSecond, Memory memory) {
    String text() {
      return """
      %,d queued messages expire while others are correlated over %d connections:

                    messages/s    p50 ms    p99 ms
      meanwhile    %,11.0f %9.2f %9.2f
      afterwards   %,11.0f %9.2f %9.2f

      p99 meanwhile is %.2f of that afterwards. Collected: %,.0f messages/s; live heap then %d MiB.\
      """
          .formatted(
              messages,
              CONNECTIONS,
              during.messagesPerSecond(),
              during.p50Millis(),
              during.p99Millis(),
              after.messagesPerSecond(),
              after.p50Millis(),
              after.p99Millis(),
              during.p99Millis() / after.p99Millis(),
              perSecond,
              memory.live().orElse(0) >> 20);
    }

    String json() {
      return ("{\"expired\":%d,\"p99MillisMeanwhile\":%.3f,\"p99MillisAfterwards\":%.3f,"
              + "\"messagesPerSecondMeanwhile\":%.1f,\"messagesPerSecondAfterwards\":%.1f,"
              + "\"collectedPerSecond\":%.1f}")
          .formatted(
              messages,
              during.p99Millis(),
              after.p99Millis(),
              during.messagesPerSecond(),
              after.messagesPerSecond(),
              perSecond);
    }
  }

  Outcome run() {
    var data = processes.dataFolder();
    int port = Processes.freePort();
    try (var load = processes.load()) {
      var client = new LoadClient(load);
      int queued = fill(client, data, port);
      try (var gateway = processes.gateway(data, port)) {
        return measure(client, gateway, data, queued);
      }
    }
  }

  private int fill(LoadClient client, Path data, int port) {
    int queued;
    try (var gateway = processes.gateway(data, port)) {
      client.open(gateway, 2, Campaign.FEW_WAITING, options.openWithin());
      progress.say("queueing %,d messages".formatted(options.expiring()));
      queued = client.stray(gateway, FILLING, options.expiring(), options.openWithin());
    }
    progress.say("the gateway is down until they are due");
    sleep(Processes.KEPT_FOR);
    return queued;
  }

  private Outcome measure(LoadClient client, Server gateway, Path data, int queued) {
    // Not yet warm: the first windows do not count.
    long before = waiting(data);
    long began = System.nanoTime();
    client.measure(cell(), gateway, LEAD, options.warmUp());
    var memory = Memory.of(gateway.process());
    var during = new ArrayList<Window>();
    long left = waiting(data);
    while (left > 0) {
      during.add(client.measure(cell(), gateway, LEAD, options.window()));
      left = waiting(data);
      progress.say("%,d are left".formatted(left));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    if (during.isEmpty()) {
      throw new BenchException("Expected messages to be left after the warm-up; ask for more.");
    }
    var after = new ArrayList<Window>();
    for (int round = 0; round < ROUNDS; round++) {
      after.add(client.measure(cell(), gateway, LEAD, options.window()));
    }
    return new Outcome(queued, median(during), median(after), before / seconds, memory);
  }

  private static Cell cell() {
    return new Cell(Workload.CORRELATED, CONNECTIONS);
  }

  /** The window whose p99 is in the middle. */
  private static Window median(List<Window> windows) {
    return windows.stream()
        .sorted(Comparator.comparingDouble(Window::p99Millis))
        .skip(windows.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static long waiting(Path data) {
    try (var files = Files.list(data)) {
      var file = files.filter(f -> f.toString().endsWith(".db")).findFirst().orElseThrow();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select count(*) from message where state = 0")) {
        return rows.getLong(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new BenchException("The store cannot be read: " + e.getMessage(), e);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new BenchException("Interrupted.", e);
    }
  }
}
