package dev.parley.bench;

import static dev.parley.bench.Workload.BARE_ECHO;
import static dev.parley.bench.Workload.BARE_ONE_WAY;
import static dev.parley.bench.Workload.CORRELATED;
import static dev.parley.bench.Workload.CROWDED;
import static dev.parley.bench.Workload.IN_OUT;
import static dev.parley.bench.Workload.START;

import dev.parley.bench.Workload.Host;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A whole run. Two gateways, one of them crowded with waiting instances, and the bare endpoint
 * alternate in rounds, so that whatever else the machine does hits all alike.
 */
final class Campaign {
  /** Saturated from the start, CXF stays slow for a minute. */
  private static final int WARM_CONNECTIONS = 2;

  private static final int OPENING_CONNECTIONS = 64;
  static final int FEW_WAITING = 1024;
  private static final Duration LEAD = Duration.ofMillis(250);
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(95);

  private final Options options;
  private final Processes processes;
  private final Progress progress;
  private final Results results = new Results();
  private final Map<Host, Server> servers = new EnumMap<>(Host.class);
  private final long began = System.nanoTime();

  Campaign(Options options, Processes processes, Progress progress) {
    this.options = options;
    this.processes = processes;
    this.progress = progress;
  }

  Results run() {
    try (var load = processes.load();
        var bare = processes.bare();
        var gateway = processes.gateway();
        var crowded = processes.gateway()) {
      var client = new LoadClient(load);
      servers.putAll(Map.of(Host.BARE, bare, Host.GATEWAY, gateway, Host.CROWDED, crowded));
      open(client);
      warm(client);
      rounds(client, options.selected(BARE_ONE_WAY, CORRELATED, CROWDED, BARE_ECHO, IN_OUT));
      results.add("gateway", memory(Host.GATEWAY));
      if (results.waiting() > 0) {
        results.add("gateway, " + results.crowd(), memory(Host.CROWDED));
      }
      results.add("bare CXF", memory(Host.BARE));
      // Last, for it leaves instances that wait.
      if (!options.selected(START).isEmpty()) {
        rounds(client, List.of(BARE_ONE_WAY, START));
      }
    }
    return results;
  }

  private void open(LoadClient client) {
    client.open(server(Host.GATEWAY), WARM_CONNECTIONS, FEW_WAITING, options.openWithin());
    if (!options.selected(CROWDED).isEmpty()) {
      progress.say("opening %,d instances".formatted(options.waiting()));
      var crowded = server(Host.CROWDED);
      client.open(crowded, WARM_CONNECTIONS, options.waiting(), options.warmUp());
      results.waiting(
          client.open(crowded, OPENING_CONNECTIONS, options.waiting(), options.openWithin()));
      if (options.queued() > 0) {
        progress.say("queueing %,d messages".formatted(options.queued()));
        results.queued(
            client.stray(crowded, OPENING_CONNECTIONS, options.queued(), options.openWithin()));
      }
    }
  }

  /** Both gateways equally, for a compiler that still works is slow. */
  private void warm(LoadClient client) {
    var gateway = options.selected(START, CORRELATED, IN_OUT);
    warm(client, options.selected(BARE_ONE_WAY, BARE_ECHO));
    warm(client, gateway);
    for (int time = 0; time < (options.isQuick() ? 1 : gateway.size()); time++) {
      warm(client, options.selected(CROWDED));
    }
  }

  /** First gently, then under load until the compiler has little left to do. */
  private void warm(LoadClient client, List<Workload> workloads) {
    for (var workload : workloads) {
      progress.say("warming " + workload.label);
      client.measure(
          new Cell(workload, WARM_CONNECTIONS), server(workload.host), LEAD, options.warmUp());
    }
    for (var workload : workloads) {
      client.measure(
          new Cell(workload, OPENING_CONNECTIONS), server(workload.host), LEAD, options.settle());
    }
  }

  private void rounds(LoadClient client, List<Workload> workloads) {
    long first = System.nanoTime();
    long last = first;
    for (int round = 1; round <= options.rounds() && !isOver(last - first); round++) {
      first = System.nanoTime();
      for (int connections : options.connections()) {
        for (var workload : workloads) {
          var cell = new Cell(workload, connections);
          var window = client.measure(cell, server(workload.host), LEAD, options.window());
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

  private Memory memory(Host host) {
    return Memory.of(server(host).process());
  }

  private Server server(Host host) {
    return Objects.requireNonNull(servers.get(host));
  }
}
