package dev.parley.conformance.crash;

import dev.parley.conformance.HaltAt;
import dev.parley.conformance.crash.GatewayProcess.Launch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The load, and one life of the gateway after another. */
final class Siege implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration TO_REACH_A_POINT = Duration.ofSeconds(10);
  private static final Duration TO_FINISH = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;
  private static final int TERMINATED = 143;

  private final Launch launch;
  private final Ledger ledger;
  private final Gate gate = new Gate();
  private final RecoveryClock clock = new RecoveryClock();
  private final SoapSender sender;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Conversation.Surroundings around;
  private final Map<String, Integer> kills = new TreeMap<>();
  private @Nullable Load load;

  Siege(Launch launch, Journal journal, Ledger ledger) {
    this.launch = launch;
    this.ledger = ledger;
    this.sender = new SoapSender(launch.port());
    this.around = new Conversation.Surroundings(journal, sender, gate, clock, threads);
  }

  void load(int workers, long seed) {
    load = new Load(workers, seed, around);
  }

  /** One life; again where the named point was not reached. */
  void strike(Kill kill) throws Exception {
    switch (kill) {
      case Kill.AtRandom(var after, boolean whileStarting) -> {
        try (var process = GatewayProcess.start(launch, null)) {
          if (!whileStarting) {
            requireServing(process);
          }
          struck(process, kill.name(), process.awaitEnd(after));
        }
      }
      case Kill.AtPoint(var point, int times) -> {
        int left = times;
        for (int attempt = 1; !strike(new Kill.AtPoint(point, left)); attempt++) {
          if (attempt == ATTEMPTS) {
            throw new IllegalStateException(
                "Expected the gateway to reach %s within %s, %d times in turn"
                    .formatted(kill.name(), TO_REACH_A_POINT, ATTEMPTS));
          }
          left = 1;
        }
      }
    }
  }

  private boolean strike(Kill.AtPoint kill) throws Exception {
    try (var process = GatewayProcess.start(launch, kill.failPoint())) {
      // Points of the recovery are reached before it serves.
      boolean reached = process.awaitEnd(serves(process) ? TO_REACH_A_POINT : STOP);
      struck(process, reached ? kill.name() : Kill.RANDOM, false);
      if (reached && process.exitCode() != HaltAt.EXIT_CODE) {
        throw ended(process);
      }
      return reached;
    }
  }

  private void struck(GatewayProcess process, String name, boolean endedByItself)
      throws IOException, InterruptedException {
    if (endedByItself) {
      throw ended(process);
    }
    process.kill();
    clock.killed();
    gate.shut();
    kills.merge(name, 1, Integer::sum);
  }

  private void requireServing(GatewayProcess process)
      throws IOException, InterruptedException, TimeoutException {
    if (!serves(process)) {
      throw ended(process);
    }
  }

  private boolean serves(GatewayProcess process) throws InterruptedException, TimeoutException {
    if (!process.awaitServing(START)) {
      return false;
    }
    clock.serves();
    gate.open();
    return true;
  }

  private IllegalStateException ended(GatewayProcess process)
      throws IOException, InterruptedException {
    process.awaitEnd(STOP);
    return new IllegalStateException(
        "Expected the gateway to run until it is killed, but it ended with exit code %d:\n%s"
            .formatted(process.exitCode(), GatewayProcess.logged(launch)));
  }

  /** Lets every conversation come to its end, and stops the gateway. */
  void drain() throws Exception {
    try (var process = GatewayProcess.start(launch, null)) {
      requireServing(process);
      if (load != null && !load.finish(TO_FINISH.toMillis())) {
        load.abort();
      }
      stop(process);
    }
  }

  /** Starts the gateway again as long as it has something to send. */
  StoreAudit.Result settle(StoreAudit.Expected expected) throws Exception {
    var result = StoreAudit.of(launch, expected);
    for (int attempt = 1; attempt < ATTEMPTS && result.pending() > 0; attempt++) {
      try (var process = GatewayProcess.start(launch, null)) {
        requireServing(process);
        stop(process);
      }
      result = StoreAudit.of(launch, expected);
    }
    return result;
  }

  private void stop(GatewayProcess process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STOP.toNanos();
    while (ledger.nanosSinceLastArrival() < QUIET.toNanos() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    process.terminate();
    if (!process.awaitEnd(STOP)) {
      throw new IllegalStateException("Expected the gateway to stop within " + STOP);
    }
    if (process.exitCode() != TERMINATED && process.exitCode() != 0) {
      throw ended(process);
    }
  }

  Map<String, Integer> kills() {
    return Map.copyOf(kills);
  }

  RecoveryClock clock() {
    return clock;
  }

  @Override
  public void close() {
    if (load != null) {
      load.abort();
    }
    threads.shutdownNow();
    sender.close();
  }
}
