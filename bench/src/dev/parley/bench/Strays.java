package dev.parley.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Messages that nobody takes come in over HTTP while others go to instances that wait: what the
 * queue costs those others, and how much heap it adds.
 */
final class Strays {
  private static final int CONNECTIONS = 16;
  private static final int STRAY_CONNECTIONS = 4;
  private static final int WARMING = 5000;
  private static final int WINDOWS = 5;
  private static final long OTHER_NUMBERS = 1_000_000_000_000_000L;
  private static final Duration LEAD = Duration.ofMillis(250);
  private static final Duration WITHIN = Duration.ofMinutes(30);

  private final Options options;
  private final Processes processes;
  private final Progress progress;

  Strays(Options options, Processes processes, Progress progress) {
    this.options = options;
    this.processes = processes;
    this.progress = progress;
  }

  /** What was measured, and the gateway's heap before they came and when all were there. */
  record Outcome(int messages, List<Phase> phases, Memory before, Memory after) {
    private double added() {
      return (after.live().orElseThrow() - before.live().orElseThrow()) / 1048576.0;
    }

    String text() {
      return """
      %,d messages that nobody takes, over %d connections, while others are correlated over %d:

      %s
      %s

      Live heap added: %.1f MiB (%d before). Figures are the correlated messages'.\
      """
          .formatted(
              messages,
              STRAY_CONNECTIONS,
              CONNECTIONS,
              Phase.HEAD,
              phases.stream().map(Phase::row).collect(Collectors.joining("\n")),
              added(),
              before.live().orElseThrow() >> 20);
    }

    String json() {
      var all = phases.stream().map(Phase::json).collect(Collectors.joining(",\n  "));
      return "{\"stray\":%d,\"phases\":[\n  %s\n],\n\"heapAddedMebibytes\":%.2f}"
          .formatted(messages, all, added());
    }
  }

  Outcome run() {
    var data = processes.filled(Stock.FEW, Instant.now(), progress);
    try (var load = processes.load();
        var strays = processes.load(OTHER_NUMBERS);
        var gateway = processes.gateway(data)) {
      var client = new LoadClient(load);
      client.pool(gateway, Stock.FEW.waiting());
      progress.say("warming");
      client.measure(cell(), gateway, LEAD, options.warmUp());
      client.measure(cell(), gateway, LEAD, options.settle());
      var flood = new LoadClient(strays);
      flood.stray(gateway, STRAY_CONNECTIONS, WARMING, WITHIN);
      return measure(client, flood, gateway);
    }
  }

  private Outcome measure(LoadClient client, LoadClient flood, Server gateway) {
    var quiet = windows("before", client, gateway);
    var before = Memory.of(gateway.process());
    var during = new ArrayList<Window>();
    int sent;
    try (var thread = Executors.newSingleThreadExecutor()) {
      var sending =
          CompletableFuture.supplyAsync(
              () -> flood.stray(gateway, STRAY_CONNECTIONS, options.stray(), WITHIN), thread);
      while (!sending.isDone()) {
        during.add(next(client, gateway));
        progress.say("measured while they come");
      }
      sent = sending.join();
    }
    if (during.size() > 1) {
      // They had all come before it was over.
      during.removeLast();
    }
    var after = Memory.of(gateway.process());
    var phases =
        List.of(
            quiet,
            new Phase("while they come", during),
            windows("with all of them queued", client, gateway));
    return new Outcome(sent, phases, before, after);
  }

  private Phase windows(String name, LoadClient client, Server gateway) {
    var windows = new ArrayList<Window>();
    for (int round = 0; round < WINDOWS; round++) {
      windows.add(next(client, gateway));
    }
    return new Phase(name, windows);
  }

  private Window next(LoadClient client, Server gateway) {
    return client.measure(cell(), gateway, LEAD, options.window());
  }

  private static Cell cell() {
    return new Cell(Workload.CORRELATED, CONNECTIONS);
  }
}
