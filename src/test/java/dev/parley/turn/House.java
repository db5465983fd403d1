package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Replay;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.WireId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The shop's processes over a store, batch by batch, on one thread and with a clock set by hand.
 */
final class House implements AutoCloseable {
  static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final Path folder;
  private SqliteStore store;
  private Batches batches;
  private IdSource ids;
  private Deployments deployments = Deployments.NONE;
  private int definitions;
  private Instant now = NOON;
  private List<OutboxRow> outbound = List.of();

  private House(Path folder) throws StoreUnusable {
    this.folder = folder;
    this.store = SqliteStore.open(folder);
    this.ids = new IdSource(() -> now, store.bootId());
    this.batches = new Batches(store, ids, () -> deployments);
  }

  static House of(Path folder, ExecutableProcess process) throws StoreUnusable {
    return new House(folder).deploy(process);
  }

  /** The next version of the process. */
  House deploy(ExecutableProcess process) {
    int version = deployments.versions(process.key()).size() + 1;
    definitions++;
    deployments = deployments.with(List.of(new ProcessVersion(definitions, version, process)));
    return this;
  }

  /** The gateway ends, and another one opens the store. */
  House restart() throws StoreUnusable {
    store.close();
    store = SqliteStore.open(folder);
    ids = new IdSource(() -> now, store.bootId());
    batches = new Batches(store, ids, () -> deployments);
    return this;
  }

  House after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  Message message(String operation, String order) {
    return message(operation, order, "", Headers.NONE);
  }

  Message message(String operation, String order, String customer) {
    return message(operation, order, customer, Headers.NONE);
  }

  /** One that bears an identity. */
  Message identified(String identity, String operation, String order) {
    return message(operation, order, "", Headers.identified(identity));
  }

  /** One that says which message it answers. */
  Message answer(MessageId sent, String operation, String order) {
    return relating(WireId.of(store.storeId(), sent), operation, order);
  }

  Message relating(String relatesTo, String operation, String order) {
    var headers = new Headers(null, relatesTo, null, null, null, null, Map.of(), null, List.of());
    return message(operation, order, "", headers);
  }

  private Message message(String operation, String order, String customer, Headers headers) {
    return Shop.message(ids.getAsLong(), operation, Shop.body(operation, order, customer), headers);
  }

  /** In a batch of its own. */
  CompletableFuture<Answer> send(Message message) {
    return sendAll(message).getFirst();
  }

  CompletableFuture<Answer> send(String operation, String order) {
    return send(message(operation, order));
  }

  /** In one batch. */
  List<CompletableFuture<Answer>> sendAll(Message... messages) {
    return outcomes(run(arrivals(messages)));
  }

  Answer turn(TurnInput input) {
    var pending = pending(input);
    run(List.of(pending));
    return pending.outcome().join();
  }

  List<Pending> arrivals(Message... messages) {
    var inputs = new ArrayList<Pending>();
    for (var message : messages) {
      var latest = deployments.latest(message.process());
      var keys = latest.map(v -> Subscriptions.keys(v.process(), message));
      inputs.add(
          pending(
              new TurnInput.Arrival(
                  message,
                  identities(message),
                  latest.map(ProcessVersion::definition).orElse(0),
                  keys.orElse(KeySet.NONE))));
    }
    return inputs;
  }

  static Pending pending(TurnInput input) {
    return new Pending(input, new CompletableFuture<>());
  }

  private static List<Digest> identities(Message message) {
    var id = message.headers().messageId();
    return id == null ? List.of() : List.of(Digest.of(id));
  }

  private List<Pending> run(List<Pending> inputs) {
    var prepared = prepare(inputs, null);
    commit(prepared);
    return inputs;
  }

  Prepared prepare(List<Pending> inputs, @Nullable Prepared inFlight) {
    return batches.prepare(inputs, inFlight, now);
  }

  void commit(Prepared prepared) {
    batches.commit(prepared);
    batches.release(prepared);
    outbound = batches.outbound(prepared);
  }

  static List<CompletableFuture<Answer>> outcomes(List<Pending> inputs) {
    return inputs.stream().map(Pending::outcome).toList();
  }

  /** Every timer that is due fires, each in a turn of its own. */
  void ring() {
    for (var timer : store.dueTimers(now, 100)) {
      turn(new TurnInput.TimerDue(timer.instance(), (int) timer.timer()));
    }
  }

  void collectExpired() {
    turn(new TurnInput.Expired(store.expired(now, 100)));
  }

  void collectGone() {
    turn(new TurnInput.Gone(new Orphans(store).some(batches.queues(), deployments, 100)));
  }

  MessageRow row(Message message) {
    return Objects.requireNonNull(store.messages(List.of(message.id())).get(message.id()));
  }

  MessageState state(Message message) {
    return row(message).state();
  }

  /** Who consumed it. */
  ProcessInstance instance(Message message) {
    return instance(Objects.requireNonNull(row(message).instance()));
  }

  ProcessInstance instance(InstanceId id) {
    return new StoreView(store)
        .decode(Objects.requireNonNull(store.instances(List.of(id)).get(id)))
        .instance();
  }

  /** Ids of the nodes where the tokens of the instance wait that consumed a message. */
  List<String> waiting(Message message) {
    var instance = instance(message);
    var process = deployments.process(instance);
    return instance.tokens().stream().map(t -> process.node(t.node()).id()).toList();
  }

  /** Ids of the nodes where the tokens of every live instance of a process wait. */
  List<String> waitingIn(String process) {
    return instances(process).stream()
        .filter(ProcessInstance::isLive)
        .flatMap(i -> i.tokens().stream().map(t -> node(i, t.node())))
        .toList();
  }

  private String node(ProcessInstance instance, int node) {
    return deployments.process(instance).node(node).id();
  }

  /** In the order in which they began. */
  List<ProcessInstance> instances(String process) {
    return store.instanceIds(new InstanceId(0), 1000).stream()
        .map(this::instance)
        .filter(i -> deployments.definition(i.definition()).process().key().equals(process))
        .toList();
  }

  /** What the instance's history gives. */
  ProcessInstance replayed(InstanceId id) {
    var definition = instance(id).definition();
    var turns = store.history(id).stream().map(h -> TurnCodec.decode(h.turn())).toList();
    return new Replay(
            deployments.definition(definition).process(),
            m -> Objects.requireNonNull(store.messages(List.of(m)).get(m)).message())
        .replay(id, definition, turns);
  }

  UserTasks userTasks() {
    return new UserTasks(store, deployments);
  }

  long count(String table) {
    var counts = store.counts();
    assertThat(counts).containsKey(table);
    return Objects.requireNonNull(counts.get(table));
  }

  /** What the last batch sends. */
  List<OutboxRow> outbound() {
    return outbound;
  }

  /** How it travels. */
  Dispatch dispatch(OutboxRow row) {
    return Dispatch.of(row, deployments);
  }

  OutboxRow outbox(MessageId id) {
    return Objects.requireNonNull(store.outbox(List.of(id)).get(id));
  }

  Deployments deployments() {
    return deployments;
  }

  SqliteStore store() {
    return store;
  }

  IdSource ids() {
    return ids;
  }

  /** The kind of the gateway's fault that an answer is; empty for any other answer. */
  static List<FaultKind> kind(CompletableFuture<Answer> outcome) {
    assertThat(outcome).isDone();
    return kind(outcome.join());
  }

  static List<FaultKind> kind(Answer answer) {
    return answer instanceof Answer.Faulted(var fault) && fault instanceof Fault.Gateway gateway
        ? List.of(gateway.kind())
        : List.of();
  }

  @Override
  public void close() {
    store.close();
  }
}
