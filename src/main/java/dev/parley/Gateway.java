package dev.parley;

import dev.parley.config.Config;
import dev.parley.delivery.OutboxRelay;
import dev.parley.delivery.OutboxSweep;
import dev.parley.delivery.ProcessTransport;
import dev.parley.deployment.Bundle;
import dev.parley.deployment.BundleArchive;
import dev.parley.deployment.DeliveryPolicy;
import dev.parley.deployment.Deployable;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.ServicePort;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.http.Rest;
import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.server.HttpServer;
import dev.parley.soap.SoapClient;
import dev.parley.soap.SoapHosting;
import dev.parley.soap.SoapSettings;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Alarm;
import dev.parley.turn.Checkpoint;
import dev.parley.turn.Deployments;
import dev.parley.turn.ProcessVersion;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles a gateway from its configuration; the only class that knows every package. */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Config config;
  private final Store store;
  private final Turns turns;
  private final Deployer deployer;
  private final SoapHosting hosting;
  private final Rest rest;
  private final HttpServer server;
  private final SoapClient client;
  private final OutboxRelay relay;
  private final OutboxSweep sweep;
  private final Alarm alarm;
  private volatile boolean ready;
  private final CompletableFuture<Void> broken = new CompletableFuture<>();

  private Gateway(Config config, Store store, Checkpoint.Probe probe) {
    var clock = InstantSource.system();
    this.config = config;
    this.store = store;
    this.turns = new Turns(store, clock, Turns.Limits.DEFAULT);
    this.deployer =
        new Deployer(
            new Expressions(),
            new Settings(config.partners(), QueuePolicy.DEFAULT, DeliveryPolicy.DEFAULT));
    this.client = new SoapClient(config.maxMessageBytes());
    this.relay =
        new OutboxRelay(
            turns, List.of(client, new ProcessTransport(turns, config.validate())), clock, probe);
    this.sweep = new OutboxSweep(store, relay, clock);
    this.alarm = new Alarm(turns, clock);
    this.hosting = new SoapHosting(soap(config), turns);
    this.rest = new Rest(turns, config.maxMessageBytes(), this::unready);
    this.server =
        new HttpServer(config.host(), config.port(), List.of(rest.handler(), hosting.handler()));
    relay.remind(sweep);
    turns.listen(relay);
    turns.watch(probe, () -> broken.complete(null));
  }

  private static SoapSettings soap(Config config) {
    return new SoapSettings(
        config.publicAddress(), config.maxMessageBytes(), config.validate(), config.replyWithin());
  }

  /**
   * Opens the store, deploys what is new in these bundles and serves. Throws where the data folder
   * cannot be used, a bundle is refused, or the port is taken; then nothing is left running.
   */
  public static Gateway start(Config config, List<Bundle> bundles, Checkpoint.Probe probe)
      throws StoreUnusable, RefusedException, IOException {
    var gateway = new Gateway(config, SqliteStore.open(config.data()), probe);
    try {
      gateway.begin(bundles);
      return gateway;
    } catch (RefusedException | IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private void begin(List<Bundle> bundles) throws RefusedException, IOException {
    turns.start();
    var stored = store.deployments();
    var loaded = Deployments.NONE;
    for (var row : stored) {
      loaded = loaded.with(versions(row, deployer.compile(unpack(row))));
    }
    turns.use(loaded);
    var refused = new ArrayList<RefusedException>();
    for (var bundle : bundles) {
      try {
        deploy(bundle);
      } catch (RefusedException e) {
        refused.add(e);
      }
    }
    if (!refused.isEmpty()) {
      throw new RefusedException(refused.stream().flatMap(e -> e.findings().stream()).toList());
    }
    server.start();
    sweep.start();
    alarm.start();
    ready = true;
  }

  /** Deploys a bundle, unless the same content is what runs already; says whether it was new. */
  public boolean deploy(Bundle bundle) throws RefusedException, IOException {
    var stored = store.deployments();
    boolean same =
        stored.stream()
            .filter(d -> d.bundle().equals(bundle.name()))
            .reduce((_, last) -> last)
            .filter(d -> d.content().equals(bundle.content()))
            .isPresent();
    if (!same) {
      var compiled = deployer.compile(bundle);
      compiled.warnings().forEach(w -> LOG.warn("{}", w));
      var row = row(bundle, compiled, stored);
      require(turns.submit(new TurnInput.Deploy(row)).join());
      turns.use(turns.deployments().with(versions(row, deployer.compile(unpack(row)))));
    }
    hosting.host(ports(turns.deployments()));
    return !same;
  }

  private DeploymentRow row(Bundle bundle, Deployable compiled, List<DeploymentRow> stored)
      throws IOException {
    int generation = stored.stream().mapToInt(DeploymentRow::generation).max().orElse(0) + 1;
    int definition =
        stored.stream()
            .flatMap(d -> d.definitions().values().stream())
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    var definitions = new TreeMap<String, Integer>();
    var versions = new TreeMap<String, Integer>();
    for (var process : compiled.processes()) {
      definitions.put(process.key(), ++definition);
      int newest = turns.deployments().latest(process.key()).map(ProcessVersion::version).orElse(0);
      versions.put(process.key(), newest + 1);
    }
    return new DeploymentRow(
        turns.nextId().value(),
        generation,
        bundle.name(),
        bundle.content(),
        definitions,
        versions,
        Blob.of(BundleArchive.zip(bundle)));
  }

  private static void require(Answer answer) {
    if (answer instanceof Answer.Faulted(var fault)) {
      throw new IllegalStateException("The gateway refused: " + fault.reason());
    }
  }

  /**
   * What runs is read from the store's copy, so that it stays when the folder it came from changes.
   */
  private Bundle unpack(DeploymentRow row) throws IOException, RefusedException {
    var folder = config.data().resolve("bundles").resolve(Id.text(row.id()));
    delete(folder);
    return BundleArchive.unzip(row.archive().bytes(), row.bundle(), folder);
  }

  private static List<ProcessVersion> versions(DeploymentRow row, Deployable compiled) {
    return compiled.processes().stream()
        .map(p -> new ProcessVersion(number(row.definitions(), p), number(row.versions(), p), p))
        .toList();
  }

  private static int number(Map<String, Integer> numbers, ExecutableProcess process) {
    return Objects.requireNonNull(numbers.get(process.key()));
  }

  private static List<ServicePort> ports(Deployments deployments) {
    var ports = new HashMap<String, ServicePort>();
    for (var version : deployments.latest()) {
      version.process().provided().forEach(p -> ports.put(SoapHosting.path(p), p));
    }
    return List.copyOf(ports.values());
  }

  /** Where it serves. */
  public String address() {
    return "http://%s:%d".formatted(config.host(), server.port());
  }

  /** The addresses of every hosted service, sorted. */
  public List<String> services() {
    return ports(turns.deployments()).stream()
        .map(p -> address() + SoapHosting.path(p))
        .sorted()
        .toList();
  }

  /** Starts an instance of a process that has a none start event; its number. */
  public InstanceId startProcess(String process) {
    var id = turns.nextInstanceId();
    require(turns.submit(new TurnInput.Start(process, id)).join());
    return id;
  }

  /** Why it takes no messages now; empty when it does. */
  private Optional<String> unready() {
    if (broken.isDone()) {
      return Optional.of("The store has failed; restart the gateway.");
    }
    return ready ? Optional.empty() : Optional.of("The gateway starts or stops.");
  }

  public Store store() {
    return store;
  }

  /** Completes when the store has failed for good: the gateway serves no longer. */
  public CompletableFuture<Void> broken() {
    return broken;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Stops taking messages, finishes those under way, closes the store. */
  @Override
  public void close() {
    ready = false;
    server.close();
    rest.close();
    hosting.close();
    alarm.close();
    sweep.close();
    relay.close();
    client.close();
    turns.close();
    store.close();
  }
}
