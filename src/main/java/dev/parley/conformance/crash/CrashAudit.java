package dev.parley.conformance.crash;

import dev.parley.conformance.crash.GatewayProcess.Launch;
import dev.parley.store.PostgresAddress;
import dev.parley.store.PostgresScratch;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Loads the real gateway over HTTP, kills it again and again, and audits with a journal kept
 * outside that every acknowledged message had its effect exactly once, on the right instance.
 */
public final class CrashAudit {
  private static final int THREADS = 8;
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final List<String> BUNDLE = List.of("audit.bpmn", "audit.wsdl", "ledger.wsdl");

  private final int kills;
  private final Duration life;
  private final long seed;
  private final Optional<PostgresAddress> server;

  /**
   * An audit.
   *
   * @param life how long a gateway lives at most before a random kill, more than 50 milliseconds
   * @param server whose database of its own the gateway uses; empty: its data folder
   */
  public CrashAudit(int kills, Duration life, long seed, Optional<PostgresAddress> server) {
    this.server = server;
    this.kills = kills;
    this.life = life;
    this.seed = seed;
  }

  /**
   * Runs it. What it started has ended when this returns; its folder is kept where a promise was
   * broken.
   */
  public CrashReport run() throws Exception {
    var folder = Files.createTempDirectory("parley-crash-");
    boolean keep = true;
    try {
      var report = run(folder, server);
      keep = !report.isClean();
      return report;
    } finally {
      if (!keep) {
        delete(folder);
      }
    }
  }

  private CrashReport run(Path folder, Optional<PostgresAddress> on) throws Exception {
    if (on.isEmpty()) {
      return audit(folder, on);
    }
    try (var database = PostgresScratch.create(on.get())) {
      return audit(folder, Optional.of(database.address()));
    }
  }

  private CrashReport audit(Path folder, Optional<PostgresAddress> database) throws Exception {
    long began = System.nanoTime();
    var random = new SplittableRandom(seed);
    try (var ledger = new Ledger(folder.resolve("ledger.tsv"));
        var partner = new LedgerPartner(ledger, seed);
        var journal = new Journal(folder.resolve("journal.tsv"))) {
      var launch =
          new Launch(folder, bundle(folder), freePort(random), partner.address(), database);
      var siege = new Siege(launch, journal, ledger);
      try (siege) {
        siege.load(THREADS, seed);
        for (var kill : Kill.plan(kills, life, random)) {
          siege.strike(kill);
        }
        siege.drain();
      }
      var entries = Journal.read(folder.resolve("journal.tsv"));
      var deliveries = Ledger.read(folder.resolve("ledger.tsv"));
      var store = siege.settle(StoreAudit.Expected.of(entries));
      var violations = new ArrayList<>(Auditor.audit(entries, deliveries));
      violations.addAll(store.violations());
      return new CrashReport(
          seed,
          siege.kills(),
          CrashReport.Messages.of(entries, deliveries),
          siege.clock().untilServing(),
          siege.clock().untilAnswer(),
          store.replayed(),
          violations,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
          violations.isEmpty() ? "" : folder.toString());
    }
  }

  private static Path bundle(Path folder) throws IOException {
    var bundle = Files.createDirectory(folder.resolve("audit"));
    for (var file : BUNDLE) {
      try (var in = CrashAudit.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("Expected " + file + " on the class path");
        }
        Files.copy(in, bundle.resolve(file));
      }
    }
    return bundle;
  }

  /** One that no outgoing connection is given while the gateway is down. */
  private static int freePort(RandomGenerator random) throws IOException {
    int start = random.nextInt(PORTS);
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (start + i) % PORTS;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("Expected a free port from %d on, found none".formatted(FIRST_PORT));
  }

  private static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
