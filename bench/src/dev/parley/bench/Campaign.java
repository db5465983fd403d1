package dev.parley.bench;

import static dev.parley.bench.Workload.BARE_ECHO;
import static dev.parley.bench.Workload.BARE_ONE_WAY;
import static dev.parley.bench.Workload.CORRELATED;
import static dev.parley.bench.Workload.CORRELATED_WAITING;
import static dev.parley.bench.Workload.IN_OUT;
import static dev.parley.bench.Workload.START;

import dev.parley.bench.Workload.Host;
import java.time.Duration;
import java.util.List;

/**
 * A whole run. A phase has a gateway's few workloads and the bare endpoint's alternate in rounds,
 * so that whatever else the machine does hits all alike.
 */
final class Campaign {
  /** Saturated from the start, CXF stays slow for a minute. */
  private static final int WARM_CONNECTIONS = 2;

  private static final int OPENING_CONNECTIONS = 64;
  static final int FEW_WAITING = 1024;
  private static final Duration LEAD = Duration.ofMillis(250);
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(95);
  private static final String GATEWAY = "gateway";

  private final Options options;
  private final Processes processes;
  private final Progress progress;
  private final Results results = new Results();
  private final long began = System.nanoTime();

  Campaign(Options options, Processes processes, Progress progress) {
    this.options = options;
    this.processes = processes;
    this.progress = progress;
  }

  Results run() {
    try (var load = processes.load();
        var bare = processes.bare()) {
      var client = new LoadClient(load);
      warm(client, bare, options.selected(BARE_ONE_WAY, BARE_ECHO));
      var few = options.selected(BARE_ONE_WAY, CORRELATED, BARE_ECHO, IN_OUT);
      if (isForGateway(few) || !options.selected(START).isEmpty()) {
        fewWait(client, bare, few);
      } else {
        rounds(client, bare, bare, few);
      }
      if (!options.selected(CORRELATED_WAITING).isEmpty()) {
        manyWait(client, bare);
      }
      results.add("bare CXF", Memory.of(bare.process()));
    }
    return results;
  }

  private void fewWait(LoadClient client, Server bare, List<Workload> few) {
    try (var gateway = processes.gateway()) {
      client.open(gateway, WARM_CONNECTIONS, FEW_WAITING, options.openWithin());
      warm(client, gateway, options.selected(START, CORRELATED, IN_OUT));
      rounds(client, bare, gateway, few);
      results.add(GATEWAY, Memory.of(gateway.process()));
      // Last, for it leaves instances that wait.
      if (!options.selected(START).isEmpty()) {
        rounds(client, bare, gateway, List.of(BARE_ONE_WAY, START));
      }
    }
    client.forget();
  }

  /** In a gateway of its own, so that exactly so many wait. */
  private void manyWait(LoadClient client, Server bare) {
    try (var gateway = processes.gateway()) {
      progress.say("opening %,d instances".formatted(options.waiting()));
      client.open(gateway, WARM_CONNECTIONS, options.waiting(), options.warmUp());
      int waiting =
          client.open(gateway, OPENING_CONNECTIONS, options.waiting(), options.openWithin());
      results.waiting(waiting);
      // As often as the other gateway's three workloads together: both must be as warm.
      for (int time = options.isQuick() ? 2 : 0; time < 3; time++) {
        warm(client, gateway, List.of(CORRELATED_WAITING));
      }
      rounds(client, bare, gateway, List.of(BARE_ONE_WAY, CORRELATED_WAITING));
      results.add("%s, %,d waiting".formatted(GATEWAY, waiting), Memory.of(gateway.process()));
    }
  }

  /** First gently, then under load until the compiler has little left to do. */
  private void warm(LoadClient client, Server server, List<Workload> workloads) {
    for (var workload : workloads) {
      progress.say("warming " + workload.label);
      client.measure(new Cell(workload, WARM_CONNECTIONS), server, LEAD, options.warmUp());
    }
    for (var workload : workloads) {
      client.measure(new Cell(workload, OPENING_CONNECTIONS), server, LEAD, options.settle());
    }
  }

  private void rounds(LoadClient client, Server bare, Server gateway, List<Workload> workloads) {
    long first = System.nanoTime();
    long last = first;
    for (int round = 1; round <= options.rounds() && !isOver(last - first); round++) {
      first = System.nanoTime();
      for (int connections : options.connections()) {
        for (var workload : workloads) {
          var cell = new Cell(workload, connections);
          var server = workload.host == Host.BARE ? bare : gateway;
          var window = client.measure(cell, server, LEAD, options.window());
          results.add(cell, window);
          progress.measured(round, cell, window);
        }
      }
      last = System.nanoTime();
    }
  }

  /** Whether another round of this length would keep a quick run too long. */
  private boolean isOver(long roundNanos) {
    return options.isQuick()
        && roundNanos > 0
        && System.nanoTime() + roundNanos - began > QUICK_LIMIT.toNanos();
  }

  private static boolean isForGateway(List<Workload> workloads) {
    return workloads.stream().anyMatch(w -> w.host == Host.GATEWAY);
  }
}
