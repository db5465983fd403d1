package dev.parley;

import dev.parley.config.Config;
import dev.parley.config.RetentionSettings;
import dev.parley.delivery.GivenAddresses;
import dev.parley.delivery.OutboxRelay;
import dev.parley.delivery.OutboxSweep;
import dev.parley.delivery.PartnerTransport;
import dev.parley.delivery.ProcessTransport;
import dev.parley.delivery.ReplyAddresses;
import dev.parley.deployment.Bundle;
import dev.parley.deployment.DeliveryPolicy;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ServicePort;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.expression.Value;
import dev.parley.finding.RefusedException;
import dev.parley.http.Intake;
import dev.parley.http.Rest;
import dev.parley.message.InstanceId;
import dev.parley.retention.Collector;
import dev.parley.retention.Retention;
import dev.parley.server.HttpServer;
import dev.parley.soap.SoapClient;
import dev.parley.soap.SoapHosting;
import dev.parley.soap.SoapSettings;
import dev.parley.store.PostgresAddress;
import dev.parley.store.PostgresStore;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Alarm;
import dev.parley.turn.Checkpoint;
import dev.parley.turn.Deployments;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Assembles a gateway from its configuration; the only class that knows every package. */
public final class Gateway implements AutoCloseable {
  private final Config config;
  private final Store store;
  private final Turns turns;
  private final DeployedBundles deployed;
  private final SoapHosting hosting;
  private final Rest rest;
  private final HttpServer server;
  private final SoapClient client;
  private final OutboxRelay relay;
  private final OutboxSweep sweep;
  private final Alarm alarm;
  private final Collector collector;
  private volatile boolean ready;
  private final CompletableFuture<Void> broken = new CompletableFuture<>();

  private Gateway(Config config, Store store, Surroundings given) {
    var time = given.time();
    var borders = given.borders();
    this.config = config;
    this.store = borders.around(store);
    this.turns = new Turns(this.store, time, Turns.Limits.DEFAULT);
    this.client = new SoapClient(config.maxMessageBytes());
    this.relay = new OutboxRelay(turns, transports(given), time, given.probe());
    this.sweep = new OutboxSweep(turns, relay, time);
    this.alarm = new Alarm(turns, time);
    this.collector = new Collector(this.store, retention(config.retention()), time);
    var door = borders.around(turns);
    this.hosting = new SoapHosting(soap(config), door, time);
    this.rest =
        new Rest(
            new Intake(turns, door, time),
            config.maxMessageBytes(),
            config.validate(),
            this::unready);
    this.server =
        new HttpServer(config.host(), config.port(), List.of(rest.handler(), hosting.handler()));
    var settings =
        new Settings(config.partners(), publicAddress(), config.queue(), DeliveryPolicy.DEFAULT);
    this.deployed =
        new DeployedBundles(
            config.data().resolve("bundles"), turns, new Deployer(new Expressions(), settings));
    relay.remind(sweep);
    turns.listen(relay);
    turns.watch(given.probe(), () -> broken.complete(null));
  }

  private List<PartnerTransport> transports(Surroundings given) {
    var processes =
        new ProcessTransport(turns, config.validate(), config.replyWithin(), given.time());
    return List.of(given(given.borders().around(client)), given(given.borders().around(processes)));
  }

  /** What instances tell others, where the configuration says nothing: where it listens. */
  private String publicAddress() {
    var configured = config.publicAddress();
    return configured == null ? address() : configured;
  }

  private static SoapSettings soap(Config config) {
    return new SoapSettings(
        config.publicAddress(),
        config.maxMessageBytes(),
        config.validate(),
        config.replyWithin(),
        new ReplyAddresses(config.replyAddresses()));
  }

  private static Retention retention(RetentionSettings settings) {
    return new Retention(
        settings.duplicateWindow(),
        settings.maxIdentities(),
        settings.keepReplies(),
        settings.maxReplies(),
        settings.maxReplyBytes(),
        settings.keepFinished());
  }

  private PartnerTransport given(PartnerTransport transport) {
    return new GivenAddresses(transport, new ReplyAddresses(config.replyAddresses()));
  }

  /**
   * Opens the store, deploys what is new in these bundles and serves. Throws where the data folder
   * cannot be used, a bundle is refused, or the port is taken; then nothing is left running.
   */
  public static Gateway start(Config config, List<Bundle> bundles, Checkpoint.Probe probe)
      throws StoreUnusable, RefusedException, IOException {
    return start(config, bundles, Surroundings.real(probe));
  }

  /** The same among these surroundings. */
  public static Gateway start(Config config, List<Bundle> bundles, Surroundings given)
      throws StoreUnusable, RefusedException, IOException {
    var store = open(config);
    Gateway gateway;
    try {
      gateway = new Gateway(config, store, given);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    try {
      gateway.begin(bundles);
      return gateway;
    } catch (RefusedException | IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private static Store open(Config config) throws StoreUnusable {
    var settings = config.store();
    return settings.address() == null
        ? SqliteStore.open(config.data())
        : PostgresStore.open(
            PostgresAddress.of(settings.address(), settings.user(), settings.password()));
  }

  private void begin(List<Bundle> bundles) throws RefusedException, IOException {
    turns.follow(this::follow);
    turns.start();
    deployed.load();
    hosting.host(ports(turns.deployments()));
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
    collector.start();
    ready = true;
  }

  /** Deploys a bundle, unless the same content is what runs already; says whether it was new. */
  public boolean deploy(Bundle bundle) throws RefusedException, IOException {
    boolean isNew = deployed.deploy(bundle);
    hosting.host(ports(turns.deployments()));
    return isNew;
  }

  /** Another gateway has deployed something. */
  private void follow() {
    deployed.follow();
    hosting.host(ports(turns.deployments()));
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
    return startProcess(process, new TreeMap<>());
  }

  /** The same with data, by the names of the process's data inputs. */
  public InstanceId startProcess(String process, SortedMap<String, Value> data) {
    var id = turns.nextInstanceId();
    DeployedBundles.require(turns.submit(new TurnInput.Start(process, id, data)).join());
    return id;
  }

  /** An instance stands still until it is resumed, and loses nothing meanwhile. */
  public void suspend(InstanceId instance) {
    DeployedBundles.require(turns.submit(new TurnInput.Suspend(instance)).join());
  }

  /** A suspended instance goes on with whatever came meanwhile. */
  public void resume(InstanceId instance) {
    DeployedBundles.require(turns.submit(new TurnInput.Resume(instance)).join());
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

  /** The process version with this number; throws StoreException where it is not loaded. */
  public ExecutableProcess process(int definition) {
    return turns.deployments().definition(definition).process();
  }

  /** Completes when the store has failed for good: the gateway serves no longer. */
  public CompletableFuture<Void> broken() {
    return broken;
  }

  /**
   * Finishes what is under way and ends soon, tells whoever still waits for an answer to ask again
   * later, and closes the store, whatever else fails.
   */
  @Override
  public void close() {
    ready = false;
    // A partner's last answer is worth a turn, and the server waits for its callers, who wait for
    // the turns.
    closeAll(alarm, collector, sweep, relay, turns, server, rest, hosting, client, store);
  }

  private static void closeAll(AutoCloseable... parts) {
    var failed = new ArrayList<Exception>();
    for (var part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      var problem =
          new IllegalStateException("The gateway did not stop cleanly", failed.getFirst());
      failed.stream().skip(1).forEach(problem::addSuppressed);
      throw problem;
    }
  }
}
