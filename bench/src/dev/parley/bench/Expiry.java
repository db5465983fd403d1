package dev.parley.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Very many queued messages expire at once while others go to instances that wait: what that costs
 * those others, and how fast they are collected. They are in the store when the gateway starts, and
 * fall due when it is warm and has been measured undisturbed.
 */
final class Expiry {
  private static final int CONNECTIONS = 16;
  private static final int QUIET_WINDOWS = 5;
  private static final Duration LEAD = Duration.ofMillis(250);

  /** Start, and one warm-up. */
  private static final Duration BEFOREHAND = Duration.ofSeconds(20);

  /** For each message: filling, and the look that the gateway takes at it when it has started. */
  private static final Duration FOR_EACH = Duration.ofNanos(300_000);

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
   * @param quiet before any was due, and when nothing was left
   * @param perSecond messages collected
   * @param memory bytes of the gateway's heap, when they were about to be due
   */
  record Outcome(int messages, Phase quiet, Phase during, double perSecond, Memory memory) {
    private double ratio() {
      return during.median().p99Millis() / quiet.median().p99Millis();
    }

    String text() {
      return """
      %,d queued messages expire at once while others are correlated over %d connections:

      %s
      %s
      %s

      p99 while they expire is %.2f of that in quiet. Collected: %,.0f messages/s; live heap before: %d MiB.\
      """
          .formatted(
              messages,
              CONNECTIONS,
              Phase.HEAD,
              quiet.row(),
              during.row(),
              ratio(),
              perSecond,
              memory.live().orElse(0) >> 20);
    }

    String json() {
      var phases = Stream.of(quiet, during).map(Phase::json).collect(Collectors.joining(",\n  "));
      return ("{\"expired\":%d,\"phases\":[\n  %s\n],\n\"p99Ratio\":%.3f,"
              + "\"collectedPerSecond\":%.1f}")
          .formatted(messages, phases, ratio(), perSecond);
    }
  }

  Outcome run() {
    var due = Instant.now().plus(beforehand());
    var stock = new Stock(Stock.FEW.waiting(), options.expiring(), 0);
    var data = processes.filled(stock, due.minus(Processes.KEPT_FOR), progress);
    try (var load = processes.load();
        var gateway = processes.gateway(data)) {
      var client = new LoadClient(load);
      client.pool(gateway, stock.waiting());
      progress.say("waiting until the gateway has looked at what is queued");
      gateway.becomeQuiet();
      client.measure(cell(), gateway, LEAD, options.warmUp());
      return measure(client, gateway, StoreFile.in(data), due);
    }
  }

  private Duration beforehand() {
    return BEFOREHAND
        .plus(FOR_EACH.multipliedBy(options.expiring()))
        .plus(options.warmUp())
        .plus(window().multipliedBy(QUIET_WINDOWS));
  }

  private Outcome measure(LoadClient client, Server gateway, StoreFile store, Instant due) {
    var memory = Memory.of(gateway.process());
    var quiet = new ArrayList<Window>();
    while (Instant.now().plus(window()).isBefore(due)) {
      quiet.add(next(client, gateway));
    }
    if (quiet.isEmpty()) {
      throw new BenchException(
          "Expected the store to be filled and its gateway to be ready before the messages are due,"
              + " but it took longer; ask for fewer.");
    }
    progress.say("waiting until they are due");
    while (Instant.now().isBefore(due)) {
      Child.sleep(Duration.ofMillis(20));
    }
    var expiring = expire(client, gateway, store);
    for (int round = 0; round < QUIET_WINDOWS; round++) {
      quiet.add(next(client, gateway));
    }
    return new Outcome(
        options.expiring(),
        new Phase("quiet, before and after", quiet),
        new Phase("while they expire", expiring.windows()),
        expiring.perSecond(),
        memory);
  }

  /** Until nothing is left. */
  private record Expiring(List<Window> windows, double perSecond) {}

  private Expiring expire(LoadClient client, Server gateway, StoreFile store) {
    var windows = new ArrayList<Window>();
    long began = System.nanoTime();
    double perSecond = 0;
    long left = options.expiring();
    while (left > 0) {
      windows.add(next(client, gateway));
      left = store.queued();
      if (left > 0 || perSecond == 0) {
        // The last window is only partly one of collecting.
        perSecond = (options.expiring() - left) / ((System.nanoTime() - began) / 1e9);
      }
      progress.say("%,d are left".formatted(left));
    }
    if (windows.size() > 1) {
      windows.removeLast();
    }
    return new Expiring(windows, perSecond);
  }

  private Window next(LoadClient client, Server gateway) {
    return client.measure(cell(), gateway, LEAD, options.window());
  }

  private Duration window() {
    return options.window().plus(LEAD);
  }

  private static Cell cell() {
    return new Cell(Workload.CORRELATED, CONNECTIONS);
  }
}
