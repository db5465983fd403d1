package dev.parley.bench;

import static dev.parley.bench.Workload.BARE_ECHO;
import static dev.parley.bench.Workload.BARE_ONE_WAY;
import static dev.parley.bench.Workload.CORRELATED;
import static dev.parley.bench.Workload.CROWDED;
import static dev.parley.bench.Workload.IN_OUT;
import static dev.parley.bench.Workload.START;

import dev.parley.bench.Workload.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

  private static final int MANY_CONNECTIONS = 64;
  private static final Duration LEAD = Duration.ofMillis(250);
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(95);

  private final Options options;
  private final Processes processes;
  private final Progress progress;
  private final Results results = new Results();
  private final Map<Host, Server> servers = new EnumMap<>(Host.class);

  /** When the stores were full. */
  private long began;

  Campaign(Options options, Processes processes, Progress progress) {
    this.options = options;
    this.processes = processes;
    this.progress = progress;
  }

  Results run() {
    var now = Instant.now();
    var few = processes.filled(Stock.FEW, now, progress);
    var many = processes.filled(isCrowded() ? options.crowd() : Stock.FEW, now, progress);
    try (var load = processes.load();
        var bare = processes.bare();
        var gateway = processes.gateway(few);
        var crowded = processes.gateway(many)) {
      var client = new LoadClient(load);
      servers.putAll(Map.of(Host.BARE, bare, Host.GATEWAY, gateway, Host.CROWDED, crowded));
      client.pool(gateway, Stock.FEW.waiting());
      client.pool(crowded, isCrowded() ? options.crowd().waiting() : Stock.FEW.waiting());
      measure(client, StoreFile.in(many));
    }
    return results;
  }

  private void measure(LoadClient client, StoreFile store) {
    began = System.nanoTime();
    warm(client);
    progress.say("waiting until both gateways have looked at what is queued");
    server(Host.GATEWAY).becomeQuiet();
    server(Host.CROWDED).becomeQuiet();
    // That look has warmed one of them more than the other one.
    settle(client, options.selected(CORRELATED, CROWDED));
    rounds(client, List.of(BARE_ONE_WAY, CORRELATED, CROWDED, BARE_ECHO, IN_OUT));
    results.add("gateway", held(Host.GATEWAY));
    if (isCrowded()) {
      results.crowd(options.crowd(), store.filters());
      results.add("gateway, " + options.crowd(), held(Host.CROWDED));
    }
    results.add("bare CXF", held(Host.BARE));
    // Last, for it leaves instances that wait.
    if (!options.selected(START).isEmpty()) {
      rounds(client, List.of(BARE_ONE_WAY, START));
    }
  }

  private boolean isCrowded() {
    return !options.selected(CROWDED).isEmpty();
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
    settle(client, workloads);
  }

  private void settle(LoadClient client, List<Workload> workloads) {
    for (var workload : workloads) {
      client.measure(
          new Cell(workload, MANY_CONNECTIONS), server(workload.host), LEAD, options.settle());
    }
  }

  /** Of the two gateways, one is first in one round and the other one in the next. */
  private List<Workload> order(List<Workload> workloads, int round) {
    var order = new ArrayList<>(options.selected(workloads.toArray(Workload[]::new)));
    int few = order.indexOf(CORRELATED);
    int many = order.indexOf(CROWDED);
    if (round % 2 == 0 && few >= 0 && many >= 0) {
      Collections.swap(order, few, many);
    }
    return order;
  }

  private void rounds(LoadClient client, List<Workload> workloads) {
    long first = System.nanoTime();
    long last = first;
    for (int round = 1; round <= options.rounds() && !isOver(last - first); round++) {
      first = System.nanoTime();
      for (int connections : options.connections()) {
        for (var workload : order(workloads, round)) {
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

  private Results.Held held(Host host) {
    var server = server(host);
    return new Results.Held(Memory.of(server.process()), server.started());
  }

  private Server server(Host host) {
    return Objects.requireNonNull(servers.get(host));
  }
}
